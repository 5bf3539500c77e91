package lip.core.pipeline;

/** Says in the log what a plugin did that no exception of its own tells. */
final class PluginFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PluginFault(String message) {
    super(message, null, false, false);
  }
}
