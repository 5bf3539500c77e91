package lip.operations.logging;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code lip.logging}. */
@ObjectClassDefinition(
    pid = "lip.logging",
    name = "Logging",
    description = "level and form of the log")
public interface LoggingSettings {
  /** Least level that is logged. */
  enum Level {
    /** Everything. */
    DEBUG,
    /** What operators want to see. */
    INFO,
    /** What they should look at. */
    WARN,
    /** What they must look at. */
    ERROR
  }

  /** Form of a line. */
  enum Format {
    /** One JSON object. */
    JSON,
    /** For reading. */
    TEXT
  }

  /** Least level that is logged. */
  @AttributeDefinition(defaultValue = "INFO", description = "debug, info, warn or error")
  Level level();

  /** Form of a line. */
  @AttributeDefinition(defaultValue = "JSON", description = "json or text")
  Format format();
}
