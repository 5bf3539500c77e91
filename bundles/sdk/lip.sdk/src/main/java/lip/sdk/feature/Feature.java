package lip.sdk.feature;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** One instance of a feature. */
@ConsumerType
public interface Feature extends AutoCloseable {
  /** Its handlers; asked once, when the instance is made. None = it costs nothing. */
  List<Contribution> contributions();

  @Override
  default void close() {}
}
