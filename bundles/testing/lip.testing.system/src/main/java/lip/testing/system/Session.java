package lip.testing.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A session of the operating system for a process of its own, as a service has one. Linux shares
 * processors between sessions first, then between the processes of one: who measures a server that
 * shares a session with its load measures how they wait for each other.
 */
public final class Session {
  private Session() {}

  /**
   * The command that runs another one in a session of its own, under the same process id; the
   * command itself where the system has none.
   */
  public static List<String> own(List<String> command) {
    for (String folder : List.of("/usr/bin", "/bin")) {
      Path setsid = Path.of(folder, "setsid");
      if (Files.isExecutable(setsid)) {
        var whole = new ArrayList<String>();
        whole.add(setsid.toString());
        whole.addAll(command);
        return List.copyOf(whole);
      }
    }
    return command;
  }
}
