package lip.operations.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lip.core.gateway.ConfigurationCheck;
import lip.core.gateway.ConfigurationCheck.Finding;
import lip.core.gateway.Inventory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;

/**
 * {@code lip check-config}: validates a folder with the kinds that are installed and ends the
 * process with its verdict.
 */
final class CheckCommand {
  private static final int REFUSED = 78;

  private CheckCommand() {}

  static boolean asked(BundleContext context) {
    return "check-config".equals(context.getProperty("lip.command"));
  }

  /** Waits until all bundles are started, then checks. */
  static void start(BundleContext context, ConfigurationCheck check, Inventory inventory) {
    Bundle framework = context.getBundle(0);
    FrameworkListener whenStarted =
        event -> {
          if (event.getType() == FrameworkEvent.STARTED) {
            Thread.ofPlatform().name("lip-check").start(() -> run(context, check, inventory));
          }
        };
    if (framework.getState() == Bundle.ACTIVE) {
      Thread.ofPlatform().name("lip-check").start(() -> run(context, check, inventory));
    } else {
      context.addFrameworkListener(whenStarted);
    }
  }

  private static void run(BundleContext context, ConfigurationCheck check, Inventory inventory) {
    Launcher launcher = new Launcher(context);
    try {
      Path folder = Path.of(context.getProperty("lip.check.dir"));
      List<Finding> findings = new ArrayList<>(ConfigFile.findings(folder, check));
      findings.addAll(check.checkWhole());
      findings.addAll(RouteCheck.findings(folder, inventory.view().instances()));
      boolean strict = Boolean.parseBoolean(context.getProperty("lip.check.strict"));
      boolean json = Boolean.parseBoolean(context.getProperty("lip.check.json"));
      long errors = findings.stream().filter(finding -> strict || finding.error()).count();
      print(json ? json(findings) : text(findings, errors));
      launcher.exit(errors == 0 ? 0 : REFUSED, "");
    } catch (IOException | RuntimeException e) {
      launcher.exit(1, "check-config: " + Reasons.of(e));
    }
  }

  @SuppressWarnings("SystemOut") // The command's own output.
  private static void print(String text) {
    System.out.println(text);
    System.out.flush();
  }

  static String text(List<Finding> findings, long errors) {
    StringBuilder out = new StringBuilder();
    for (Finding finding : findings) {
      out.append(finding.error() ? "ERROR " : "WARN  ").append(finding.line()).append('\n');
    }
    return out.append(errors == 0 ? "configuration is valid" : errors + " errors").toString();
  }

  static String json(List<Finding> findings) {
    StringBuilder out = new StringBuilder("[");
    for (Finding finding : findings) {
      out.append(out.length() > 1 ? ",\n " : "")
          .append("{\"level\":")
          .append(quote(finding.error() ? "error" : "warn"))
          .append(",\"file\":")
          .append(quote(finding.file()))
          .append(",\"key\":")
          .append(quote(finding.key()))
          .append(",\"value\":")
          .append(quote(finding.value()))
          .append(",\"reason\":")
          .append(quote(finding.reason()))
          .append(",\"allowed\":")
          .append(quote(finding.allowed()))
          .append('}');
    }
    return out.append(']').toString();
  }

  private static String quote(@Nullable String text) {
    if (text == null) {
      return "null";
    }
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
