package lip.testing.emulator;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import lip.testing.emulator.chat.ChatEmulator;
import lip.testing.emulator.chat.ChatSettings;

/** Runs an emulator for people: {@code chat [--port N] [--key K] [--delay 20ms] [--tolerant]}. */
public final class Main {
  private static final String USAGE =
      """
      usage: chat [--port N] [--key K] [--delay 20ms] [--tolerant]
        --port N       listen on 127.0.0.1:N; 0 = any free port (default 4010)
        --key K        demand the bearer key K
        --delay 20ms   pause between words (default 20ms)
        --tolerant     allow unknown top-level fields\
      """;

  private Main() {}

  /**
   * Starts and stays until the process is ended. Exit codes: 2 = wrong arguments, 1 = the port
   * cannot be had.
   */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      ChatEmulator emulator = start(arguments, System.out);
      Runtime.getRuntime().addShutdownHook(new Thread(emulator::close));
      new CountDownLatch(1).await();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(USAGE);
      System.exit(2);
    } catch (UncheckedIOException e) {
      System.err.println("cannot listen on " + e.getMessage());
      System.exit(1);
    }
  }

  /** Starts and says where. */
  static ChatEmulator start(String[] arguments, PrintStream out) {
    ChatEmulator emulator = ChatEmulator.start(settings(arguments));
    out.println("OpenAI Chat Completions emulator: " + emulator.baseUrl());
    out.println("Models and what they do: GET " + emulator.baseUrl() + "/models, docs/emulator.md");
    out.flush();
    return emulator;
  }

  private static ChatSettings settings(String[] arguments) {
    if (arguments.length == 0 || !arguments[0].equals("chat")) {
      throw new IllegalArgumentException("the first argument names the protocol: chat");
    }
    ChatSettings settings = ChatSettings.DEFAULT.withPort(4010).withDelay(Duration.ofMillis(20));
    for (int i = 1; i < arguments.length; i++) {
      String option = arguments[i];
      if (option.equals("--tolerant")) {
        settings = settings.tolerating();
        continue;
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(option + ": unknown, or without a value");
      }
      String value = arguments[++i];
      settings =
          switch (option) {
            case "--port" -> settings.withPort(port(value));
            case "--key" -> settings.withKey(value);
            case "--delay" -> settings.withDelay(duration(value));
            default -> throw new IllegalArgumentException(option + ": unknown option");
          };
    }
    return settings;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Falls through to the one message.
    }
    throw new IllegalArgumentException("--port " + text + ": a number from 0 to 65535 is needed");
  }

  private static Duration duration(String text) {
    if (text.matches("\\d{1,6}ms")) {
      return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
    }
    if (text.matches("\\d{1,6}s")) {
      return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
    }
    throw new IllegalArgumentException("--delay " + text + ": needed is such as 20ms or 1s");
  }
}
