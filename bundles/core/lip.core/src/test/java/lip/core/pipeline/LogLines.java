package lip.core.pipeline;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class logs while this is open. */
public final class LogLines implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  /** Begins to listen. */
  public LogLines(String loggerName) {
    this(loggerName, Level.INFO);
  }

  /** Begins to listen from a level on. */
  public LogLines(String loggerName, Level level) {
    logger = (Logger) LoggerFactory.getLogger(loggerName);
    logger.setLevel(level);
    appender.start();
    logger.addAppender(appender);
  }

  /** The lines so far. */
  public List<String> lines() {
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }
}
