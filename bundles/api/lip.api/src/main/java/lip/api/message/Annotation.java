package lip.api.message;

import lip.api.Dialect;
import lip.api.Json;
import org.jspecify.annotations.Nullable;

/**
 * A citation or other note on a text.
 *
 * @param type canonical type, {@code url_citation}, {@code file_citation}, {@code
 *     document_citation} or the provider's word
 * @param url cited address; null = none
 * @param title title of the source; null = none
 * @param quote cited text; null = none
 * @param start first character of the annotated range in the text; -1 = not given
 * @param end character after the range; -1 = not given
 * @param dialect dialect of {@code raw}
 * @param raw the annotation as received, for the same dialect
 */
public record Annotation(
    String type,
    @Nullable String url,
    @Nullable String title,
    @Nullable String quote,
    int start,
    int end,
    Dialect dialect,
    Json raw) {}
