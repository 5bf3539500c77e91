package lip.testing.emulator;

/** A request that the protocol does not allow. */
public final class Illegal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String param;

  /** With the path of the field; empty = the whole body. */
  public Illegal(String param, String problem) {
    super((param.isEmpty() ? "" : "'" + param + "': ") + problem);
    this.param = param;
  }

  /** The path of the field; empty = the whole body. */
  public String param() {
    return param;
  }

  /** What is wrong. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
