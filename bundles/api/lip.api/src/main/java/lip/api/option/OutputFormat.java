package lip.api.option;

import lip.api.Json;
import org.jspecify.annotations.Nullable;

/** The form of the answer. */
public sealed interface OutputFormat {
  /** Free text, said explicitly. */
  record Text() implements OutputFormat {}

  /** Any JSON object. */
  record JsonObject() implements OutputFormat {}

  /**
   * JSON that matches a schema.
   *
   * @param name name of the schema; null = none
   * @param description null = none
   * @param schema as received
   * @param strict null = not said
   */
  record JsonSchema(
      @Nullable String name, @Nullable String description, Json schema, @Nullable Boolean strict)
      implements OutputFormat {}

  /** Cases added later implement this one; plugins pass them on. */
  non-sealed interface Other extends OutputFormat {
    /** Name of the case. */
    String type();
  }
}
