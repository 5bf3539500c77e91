package lip.launcher;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the operator asked for; a folder that was not named is null. */
sealed interface Command {
  /** Start and serve until stopped. */
  record Run(@Nullable Path dir, @Nullable Path config) implements Command {}

  /** Check a configuration folder without serving. */
  record CheckConfig(@Nullable Path dir, @Nullable Path config, boolean strict, boolean json)
      implements Command {}

  /** Show what the running instance consists of. */
  record Inventory(@Nullable Path dir, boolean json) implements Command {}

  /** Stream one answer of the running instance. */
  record Try(@Nullable Path dir, @Nullable String url, @Nullable String model, String text)
      implements Command {}

  /** Make the start-up cache of this installation. */
  record Cache() implements Command {}

  record Version() implements Command {}

  record Help() implements Command {}
}
