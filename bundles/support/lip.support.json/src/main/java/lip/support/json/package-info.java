/**
 * Small streaming JSON tools over jackson-core: a reader that takes raw slices and names the path of what is wrong, a splice that
 * changes top-level members and keeps every other byte, and a writer that embeds raw slices. Embedded by frontends and backends.
 *
 * <p>Duplicate members: the last one counts, in {@link lip.support.json.JsonReader} loops that assign, and in
 * {@link lip.support.json.Splice}, which leaves exactly one.
 */
@NullMarked
package lip.support.json;

import org.jspecify.annotations.NullMarked;
