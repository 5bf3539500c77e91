package lip.operations.deploy;

/** An exception in one line, for operators. */
final class Reasons {
  private Reasons() {}

  /** Messages of the exception and its causes, each once. */
  static String of(Throwable thrown) {
    StringBuilder line = new StringBuilder();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
      if (line.indexOf(message) < 0) {
        line.append(line.isEmpty() ? "" : " <- ").append(message);
      }
    }
    return line.toString().replaceAll("\\p{Cntrl}+", " ");
  }
}
