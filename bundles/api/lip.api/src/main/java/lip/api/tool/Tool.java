package lip.api.tool;

import java.util.List;
import lip.api.Dialect;
import lip.api.InvalidCall;
import lip.api.Json;
import lip.api.JsonString;
import lip.api.Limits;
import lip.api.Meta;
import org.jspecify.annotations.Nullable;

/** A tool offered to the model. What is added later implements {@link Other}. */
public sealed interface Tool {
  /** Name the model calls it by; for hosted tools the provider's type. */
  String name();

  /** Cache marker and unknown fields. */
  Meta meta();

  /**
   * A function with JSON arguments.
   *
   * @param name name
   * @param description null = none
   * @param parameters JSON schema as received; null = none
   * @param strict whether arguments must match the schema; null = not said
   * @param meta see {@link Tool#meta()}
   */
  record Function(
      String name,
      @Nullable JsonString description,
      @Nullable Json parameters,
      @Nullable Boolean strict,
      Meta meta)
      implements Tool {
    /** Checks. */
    public Function {
      check(name, description, parameters);
    }
  }

  /**
   * A tool that takes free text.
   *
   * @param name name
   * @param description null = none
   * @param format grammar or format object as received; null = any text
   * @param meta see {@link Tool#meta()}
   */
  record Custom(String name, @Nullable JsonString description, @Nullable Json format, Meta meta)
      implements Tool {
    /** Checks. */
    public Custom {
      check(name, description, format);
    }
  }

  /**
   * A named group of tools.
   *
   * @param name name
   * @param description null = none
   * @param tools members
   * @param meta see {@link Tool#meta()}
   */
  record Namespace(String name, @Nullable JsonString description, List<Tool> tools, Meta meta)
      implements Tool {
    /** Checks and copies. */
    public Namespace {
      tools = List.copyOf(tools);
      check(name, description, null);
    }
  }

  /**
   * A tool that the provider runs (web search, code interpreter, computer use ...).
   *
   * @param dialect whose it is
   * @param name the provider's type
   * @param raw the whole wire object
   * @param meta see {@link Tool#meta()}
   */
  record Hosted(Dialect dialect, String name, Json raw, Meta meta) implements Tool {
    /** Checks. */
    public Hosted {
      check(name, null, raw);
    }
  }

  /** Cases added later implement this one; plugins pass them on. */
  non-sealed interface Other extends Tool {
    /** Name of the case. */
    String type();
  }

  private static void check(String name, @Nullable JsonString description, @Nullable Json json) {
    if (name.isEmpty()) {
      throw new InvalidCall("name", "a tool needs a name");
    }
    InvalidCall.checkLength("name", name, Limits.TOOL_NAME);
    if (description != null) {
      InvalidCall.checkLength("description", description, Limits.TOOL_DESCRIPTION);
    }
    if (json != null && json.length() > Limits.TOOL_PARAMETERS) {
      throw new InvalidCall(
          "parameters",
          json.length() + " bytes, at most " + Limits.TOOL_PARAMETERS + " are allowed");
    }
  }
}
