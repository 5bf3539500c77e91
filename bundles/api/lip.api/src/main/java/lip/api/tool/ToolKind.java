package lip.api.tool;

/**
 * How a tool is called.
 *
 * @param id lower-case name
 */
public record ToolKind(String id) {
  /** JSON arguments. */
  public static final ToolKind FUNCTION = new ToolKind("function");

  /** Free text. */
  public static final ToolKind CUSTOM = new ToolKind("custom");

  /** Run by the provider. */
  public static final ToolKind HOSTED = new ToolKind("hosted");
}
