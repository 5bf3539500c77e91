package lip.core.instances;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as it stands in Config Admin.
 *
 * @param pid its PID there
 * @param file file it was made of; null = none
 * @param texts values as written
 * @param arrived whether it arrived while its kind was known: only then can it be put back
 */
record Configured(String pid, @Nullable String file, Map<String, String> texts, boolean arrived) {
  Configured {
    texts = Map.copyOf(texts);
  }
}
