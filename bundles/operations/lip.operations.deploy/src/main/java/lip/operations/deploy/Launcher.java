package lip.operations.deploy;

import java.util.Map;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The launcher's ear: what is told here is printed by it, and an exit code ends the process. */
final class Launcher {
  private final BundleContext context;

  Launcher(BundleContext context) {
    this.context = context;
  }

  /**
   * Ends the process with a code, and a line if there is something to say. False when nobody
   * listens.
   */
  boolean exit(int code, String line) {
    try {
      @SuppressWarnings("rawtypes")
      var ears = context.getServiceReferences(Consumer.class, "(lip.launcher=announce)");
      for (ServiceReference<?> ear : ears) {
        @SuppressWarnings("unchecked")
        Consumer<Map<String, String>> launcher =
            (Consumer<Map<String, String>>) context.getService(ear);
        if (launcher != null) {
          launcher.accept(
              line.isEmpty()
                  ? Map.of("exit", String.valueOf(code))
                  : Map.of("exit", String.valueOf(code), "fatal", line));
          return true;
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    return false;
  }
}
