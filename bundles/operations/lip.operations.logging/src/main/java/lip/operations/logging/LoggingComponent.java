package lip.operations.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;
import lip.core.gateway.Singletons;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.LoggerFactory;

/**
 * Replaces the appender of the root logger when the settings change; nothing that is being written
 * is lost.
 */
@Component(
    immediate = true,
    service = {})
public final class LoggingComponent implements Singletons.Target<LoggingSettings> {
  // replace(): a text from a client must not start a line of its own.
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} "
          + "%replace(%msg){'[\\p{Cntrl}]','?'}%n%ex";

  private final Singletons.Binding binding;
  // A command prints its verdict to stdout: only what is broken is logged then, beside it.
  private final boolean command;

  /** Binds the settings. */
  @Activate
  public LoggingComponent(BundleContext context, @Reference Singletons singletons) {
    command = "check-config".equals(context.getProperty("lip.command"));
    binding = singletons.bind("lip.logging", LoggingSettings.class, context.getBundle(), this);
  }

  @Override
  public void apply(LoggingSettings settings) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
      Logger root = logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      root.setLevel(command ? Level.ERROR : Level.toLevel(settings.level().name()));
      ConsoleAppender<ILoggingEvent> fresh = new ConsoleAppender<>();
      fresh.setContext(logback);
      fresh.setName("lip");
      fresh.setTarget(command ? "System.err" : "System.out");
      fresh.setEncoder(encoder(settings.format(), logback));
      fresh.start();
      List<Appender<ILoggingEvent>> olds = new ArrayList<>();
      root.iteratorForAppenders().forEachRemaining(olds::add);
      root.addAppender(fresh);
      for (Appender<ILoggingEvent> old : olds) {
        root.detachAppender(old);
        old.stop();
      }
    }
  }

  private static Encoder<ILoggingEvent> encoder(
      LoggingSettings.Format format, LoggerContext logback) {
    Encoder<ILoggingEvent> encoder =
        switch (format) {
          case JSON -> json();
          case TEXT -> text();
        };
    encoder.setContext(logback);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> json() {
    JsonEncoder json = new JsonEncoder();
    json.setWithSequenceNumber(false);
    json.setWithNanoseconds(false);
    json.setWithContext(false);
    json.setWithArguments(false);
    json.setWithMessage(false);
    json.setWithFormattedMessage(true);
    return json;
  }

  private static Encoder<ILoggingEvent> text() {
    PatternLayoutEncoder text = new PatternLayoutEncoder();
    text.setPattern(PATTERN);
    return text;
  }

  /** Ends the binding; the last settings stay in force. */
  @Deactivate
  public void stop() {
    binding.close();
  }
}
