package lip.launcher;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Words for an exception, fit for one line. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable problem) {
    return switch (problem) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException e -> "not found: " + e.getFile();
      case FileAlreadyExistsException _ -> "a file of that name is in the way";
      default -> {
        String message = problem.getMessage();
        String text =
            message == null || message.isBlank() ? problem.getClass().getSimpleName() : message;
        yield text.replace('\n', ' ').replace('\r', ' ').strip();
      }
    };
  }
}
