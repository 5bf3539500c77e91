package lip.support.openai.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lip.api.Dialect;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.backend.RateLimit;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;

/** Rate limits in the head of an answer: {@code x-ratelimit-remaining-requests}. */
public final class LimitHeaders {
  private static final String START = "x-ratelimit-";
  private static final List<String> KINDS = List.of("requests", "tokens");

  /** As Go writes durations: {@code 6m0s}, {@code 1.5s}, {@code 12ms}; or seconds alone. */
  private static final Pattern RESET =
      Pattern.compile(
          "(?:([0-9]{1,4})d)?(?:([0-9]{1,5})h)?(?:([0-9]{1,6})m(?!s))?"
              + "(?:([0-9]{1,9}(?:\\.[0-9]{1,9})?)(?:s|$))?(?:([0-9]{1,9}(?:\\.[0-9]{1,9})?)ms)?");

  private LimitHeaders() {}

  /** What the head of an answer says; null = nothing. */
  public static @Nullable ProviderNotes read(Headers head) {
    List<Headers.Field> fields =
        head.fields().stream()
            .filter(field -> field.name().toLowerCase(Locale.ROOT).startsWith(START))
            .toList();
    String id = head.first("x-request-id");
    if (fields.isEmpty() && id == null) {
      return null;
    }
    List<RateLimit> limits = new ArrayList<>();
    for (String kind : KINDS) {
      Long limit = count(head.first(START + "limit-" + kind));
      Long remaining = count(head.first(START + "remaining-" + kind));
      Duration reset = until(head.first(START + "reset-" + kind));
      if (limit != null || remaining != null || reset != null) {
        limits.add(new RateLimit(kind, limit, remaining, reset));
      }
    }
    return new ProviderNotes(Dialect.OPENAI_CHAT, id, Headers.of(fields), limits);
  }

  /** The fields for a client. */
  public static Headers write(ProviderNotes notes) {
    if (notes.dialect().equals(Dialect.OPENAI_CHAT)
        || notes.dialect().equals(Dialect.OPENAI_RESPONSES)) {
      return notes.fields();
    }
    Headers all = Headers.NONE;
    for (RateLimit limit : notes.limits()) {
      if (KINDS.contains(limit.of())) {
        if (limit.limit() != null) {
          all = all.plus(START + "limit-" + limit.of(), limit.limit().toString());
        }
        if (limit.remaining() != null) {
          all = all.plus(START + "remaining-" + limit.of(), limit.remaining().toString());
        }
        if (limit.reset() != null) {
          all = all.plus(START + "reset-" + limit.of(), text(limit.reset()));
        }
      }
    }
    return all;
  }

  private static @Nullable Long count(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,15}") ? Long.valueOf(text) : null;
  }

  private static @Nullable Duration until(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 40) {
      return null;
    }
    Matcher m = RESET.matcher(text);
    if (!m.matches()) {
      return null;
    }
    return Duration.ofDays(whole(m.group(1)))
        .plusHours(whole(m.group(2)))
        .plusMinutes(whole(m.group(3)))
        .plusMillis(Math.round(number(m.group(4)) * 1000 + number(m.group(5))));
  }

  private static long whole(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static double number(@Nullable String digits) {
    return digits == null ? 0 : Double.parseDouble(digits);
  }

  private static String text(Duration reset) {
    long millis = reset.toMillis();
    if (millis < 1000) {
      return millis + "ms";
    }
    long seconds = (millis + 999) / 1000;
    long hours = seconds / 3600;
    long minutes = seconds / 60 % 60;
    return (hours > 0 ? hours + "h" : "")
        + (hours > 0 || minutes > 0 ? minutes + "m" : "")
        + seconds % 60
        + "s";
  }
}
