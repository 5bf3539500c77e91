package lip.launcher;

/**
 * What is printed once the data listener is bound: where everything is and what to type next.
 *
 * @param called how the operator calls this command, for example {@code ./lip}
 */
record StartMessage(Folders folders, String version, String called) {
  /** What answers without a key or a network. */
  static final String MODEL = "local-stub:stub-echo";

  /** How this command is called from a second terminal. */
  static String called(Folders folders) {
    String script = System.getProperty("lip.called");
    if (script != null) {
      return script;
    }
    String own = folders.home().resolve("bin").resolve("lip").toString();
    return folders.run().equals(folders.home()) ? own : own + " --dir " + folders.run();
  }

  String greeting(Listeners listeners) {
    String data = listeners.get(Listeners.DATA).orElse("");
    var text = new StringBuilder();
    text.append("LIP ").append(version).append(" is listening on ").append(data).append("\n\n");
    listeners.get(Listeners.ADMIN).ifPresent(admin -> console(text, admin, listeners));
    line(text, "plugins", folders.plugins() + "  (drop jars here)");
    line(
        text, "settings", folders.config() + "  (edit .cfg files here, a saved file acts at once)");
    text.append("\nIn a second terminal:\n\n");
    text.append("  ").append(tryCommand()).append(" \"hello\"\n\n");
    text.append("  curl -N ")
        .append(data)
        .append("/v1/chat/completions")
        .append(" -H 'Content-Type: application/json'")
        .append(" -d '{\"model\":\"")
        .append(listeners.get(Listeners.MODEL).orElse(MODEL))
        .append("\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}'\n");
    return text.toString();
  }

  String moved(Listeners listeners) {
    return "LIP is now listening on " + listeners.get(Listeners.DATA).orElse("");
  }

  private String tryCommand() {
    int options = called.indexOf(" --");
    return options < 0
        ? called + " try"
        : called.substring(0, options) + " try" + called.substring(options);
  }

  private void console(StringBuilder text, String admin, Listeners listeners) {
    line(text, "console", (admin.endsWith("/") ? admin : admin + "/") + "system/console");
    String file =
        listeners
            .get(Listeners.PASSWORD_FILE)
            .orElse(folders.config().resolve("secrets").resolve("admin-password").toString());
    line(text, "", "user admin, password in " + file);
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append("  %-9s %s%n".formatted(label, value));
  }
}
