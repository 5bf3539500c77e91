package lip.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The first SIGTERM, SIGINT or SIGHUP asks for an orderly stop, the second one kills. The JDK has
 * no supported API for this and its own reaction cannot tell the second signal; where {@code
 * sun.misc.Signal} is missing the shutdown hook still stops in order.
 */
final class Signals {
  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

  private Signals() {}

  /** True if signals now lead to {@code stop}. */
  static boolean handle(Runnable stop) {
    var stopping = new AtomicBoolean();
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler action =
          (proxy, method, arguments) -> {
            if (!method.getName().equals("handle")) {
              return method.invoke(stop, arguments); // equals, hashCode, toString
            }
            if (stopping.compareAndSet(false, true)) {
              stop.run();
            } else {
              int number = (int) signal.getMethod("getNumber").invoke(arguments[0]);
              Runtime.getRuntime().halt(Exit.SIGNAL + number);
            }
            return null;
          };
      Object listener =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, action);
      boolean all = true;
      for (String name : NAMES) {
        all &= handle(signal, handler, listener, name);
      }
      return all;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static boolean handle(Class<?> signal, Class<?> handler, Object listener, String name)
      throws ReflectiveOperationException {
    try {
      Object which = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, which, listener);
      return true;
    } catch (java.lang.reflect.InvocationTargetException e) {
      return false; // the signal does not exist here, or the JVM was told to leave it alone
    }
  }
}
