package lip.support.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class FailureLogTest {
  private final Lines log = new Lines();

  @Test
  void oneLineWithTraceFailureAndDetail() {
    Failure.Builder failure = Failure.builder(FailureClass.UPSTREAM, "it\nbroke\u2028off");
    FailureLog.toldLess(log, "t-1", failure.build());
    FailureLog.toldLess(log, "t-2", failure.upstreamStatus(500).detail("a\r\tb").build());

    assertThat(log.lines)
        .containsExactly(
            "WARN call failed, client told less: trace=t-1 failure=upstream: it broke off",
            "WARN call failed, client told less: trace=t-2 failure=upstream/500: it broke off"
                + " detail=a  b");
  }

  @Test
  void whatIsLongIsCut() {
    assertThat(FailureLog.line("x".repeat(2001))).hasSize(2000);
  }

  /** Keeps what is logged at warn and above. */
  private static final class Lines extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    private final transient List<String> lines = new ArrayList<>();

    @Override
    protected String getFullyQualifiedCallerName() {
      return Lines.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String pattern, Object[] values, Throwable thrown) {
      assertThat(thrown).as(Arrays.toString(values)).isNull();
      lines.add(level + " " + MessageFormatter.basicArrayFormat(pattern, values));
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return false;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }
}
