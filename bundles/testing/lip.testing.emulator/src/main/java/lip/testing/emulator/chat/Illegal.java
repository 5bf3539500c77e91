package lip.testing.emulator.chat;

/** A request that the protocol does not allow. */
final class Illegal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String param;

  Illegal(String param, String problem) {
    super((param.isEmpty() ? "" : "'" + param + "': ") + problem);
    this.param = param;
  }

  String param() {
    return param;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
