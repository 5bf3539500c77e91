package lip.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command {@code lip}. */
public final class Main {
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  Main(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /**
   * Does what the words say and ends the process.
   *
   * @param words command and options
   */
  public static void main(String[] words) {
    System.exit(new Main(System.getenv(), System.out, System.err).run(List.of(words)));
  }

  int run(List<String> words) {
    try {
      return switch (CommandLine.parse(words)) {
        case Command.Run command -> serve(command);
        case Command.CheckConfig command ->
            new ConfigCheck(folders(command.dir(), command.config()), out, err).run(command);
        case Command.Inventory command ->
            new Inventory(folders(command.dir(), null), out).show(command.json());
        case Command.Try command -> new Trial(listeners(command), out, err).run(command);
        case Command.Cache() -> new StartCache(Folders.home(environment), out).make();
        case Command.Version() -> {
          out.println("lip " + version());
          yield Exit.DONE;
        }
        case Command.Help() -> {
          out.print(CommandLine.USAGE);
          yield Exit.DONE;
        }
      };
    } catch (UsageError e) {
      err.println(e.getMessage());
      err.print(CommandLine.USAGE);
      return Exit.USAGE;
    } catch (StartFailure e) {
      err.println("lip: " + e.getMessage());
      return e.exit();
    } catch (IOException e) {
      err.println("lip: " + Reasons.of(e));
      return Exit.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.FAILED;
    }
  }

  private int serve(Command.Run command) throws StartFailure, IOException, InterruptedException {
    return new Server(folders(command.dir(), command.config()), out, err).run();
  }

  private Folders folders(@Nullable Path dir, @Nullable Path config) {
    String named = environment.get("LIP_CONFIG");
    Path chosen = config == null && named != null && !named.isBlank() ? Path.of(named) : config;
    return Folders.of(Folders.home(environment), dir, chosen);
  }

  private Listeners listeners(Command.Try command) throws IOException {
    return command.url() == null
        ? Listeners.read(folders(command.dir(), null).listeners()).orElse(Listeners.NONE)
        : Listeners.NONE;
  }

  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
