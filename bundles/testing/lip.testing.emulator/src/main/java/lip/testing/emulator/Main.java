package lip.testing.emulator;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import lip.testing.emulator.chat.ChatEmulator;
import lip.testing.emulator.chat.ChatSettings;
import lip.testing.emulator.messages.MessagesEmulator;
import lip.testing.emulator.messages.MessagesSettings;

/**
 * Runs an emulator for people: {@code chat|messages [--port N] [--key K] [--delay 20ms]
 * [--tolerant]}.
 */
public final class Main {
  private static final String USAGE =
      """
      usage: chat|messages [--port N] [--key K] [--delay 20ms] [--tolerant]
        --port N       listen on 127.0.0.1:N; 0 = any free port (default 4010, messages 4011)
        --key K        demand the key K
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
      Running emulator = start(arguments, System.out);
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

  /**
   * An emulator that runs.
   *
   * @param baseUrl what clients take as base URL
   */
  record Running(URI baseUrl, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  /** Starts and says where. */
  static Running start(String[] arguments, PrintStream out) {
    ChatSettings settings = settings(arguments);
    Running running;
    if (arguments[0].equals("messages")) {
      MessagesEmulator emulator =
          MessagesEmulator.start(
              new MessagesSettings(
                  settings.port(), settings.key(), settings.delay(), settings.tolerant()));
      running = new Running(emulator.baseUrl(), emulator::close);
      out.println("Anthropic Messages emulator: " + running.baseUrl());
      out.println(
          "Models and what they do: GET " + running.baseUrl() + "/v1/models, docs/emulator.md");
    } else {
      ChatEmulator emulator = ChatEmulator.start(settings);
      running = new Running(emulator.baseUrl(), emulator::close);
      out.println("OpenAI Chat Completions emulator: " + running.baseUrl());
      out.println(
          "Models and what they do: GET " + running.baseUrl() + "/models, docs/emulator.md");
    }
    out.flush();
    return running;
  }

  private static ChatSettings settings(String[] arguments) {
    if (arguments.length == 0 || !List.of("chat", "messages").contains(arguments[0])) {
      throw new IllegalArgumentException("the first argument names the protocol: chat, messages");
    }
    int usual = arguments[0].equals("messages") ? 4011 : 4010;
    ChatSettings settings = ChatSettings.DEFAULT.withPort(usual).withDelay(Duration.ofMillis(20));
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
