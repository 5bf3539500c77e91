package lip.support.anthropic.messages;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lip.api.Dialect;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.backend.RateLimit;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;

/** Rate limits in the head of an answer: {@code anthropic-ratelimit-requests-remaining}. */
public final class LimitHeaders {
  private static final String START = "anthropic-ratelimit-";
  private static final List<String> KINDS =
      List.of("requests", "tokens", "input-tokens", "output-tokens");

  private LimitHeaders() {}

  /** What the head of an answer says; null = nothing. */
  public static @Nullable ProviderNotes read(Headers head, Instant now) {
    List<Headers.Field> fields =
        head.fields().stream()
            .filter(field -> field.name().toLowerCase(Locale.ROOT).startsWith(START))
            .toList();
    String id = head.first("request-id");
    if (fields.isEmpty() && id == null) {
      return null;
    }
    List<RateLimit> limits = new ArrayList<>();
    for (String kind : KINDS) {
      Long limit = count(head.first(START + kind + "-limit"));
      Long remaining = count(head.first(START + kind + "-remaining"));
      Duration reset = until(head.first(START + kind + "-reset"), now);
      if (limit != null || remaining != null || reset != null) {
        limits.add(new RateLimit(kind, limit, remaining, reset));
      }
    }
    return new ProviderNotes(Dialect.ANTHROPIC, id, Headers.of(fields), limits);
  }

  /** The fields for a client. */
  public static Headers write(ProviderNotes notes, Instant now) {
    if (notes.dialect().equals(Dialect.ANTHROPIC)) {
      return notes.fields();
    }
    Headers all = Headers.NONE;
    for (RateLimit limit : notes.limits()) {
      if (KINDS.contains(limit.of())) {
        String start = START + limit.of();
        if (limit.limit() != null) {
          all = all.plus(start + "-limit", limit.limit().toString());
        }
        if (limit.remaining() != null) {
          all = all.plus(start + "-remaining", limit.remaining().toString());
        }
        if (limit.reset() != null) {
          // Whole seconds, not too early.
          Instant then = now.plus(limit.reset()).plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
          all = all.plus(start + "-reset", then.toString());
        }
      }
    }
    return all;
  }

  private static @Nullable Long count(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,15}") ? Long.valueOf(text) : null;
  }

  private static @Nullable Duration until(@Nullable String text, Instant now) {
    if (text == null || text.length() > 40) {
      return null;
    }
    try {
      Duration reset = Duration.between(now, java.time.OffsetDateTime.parse(text).toInstant());
      return reset.isNegative()
          ? Duration.ZERO
          : reset.compareTo(Duration.ofDays(366)) > 0 ? null : reset;
    } catch (DateTimeException | ArithmeticException _) {
      return null;
    }
  }
}
