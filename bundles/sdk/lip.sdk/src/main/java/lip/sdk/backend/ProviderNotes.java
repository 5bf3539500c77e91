package lip.sdk.backend;

import java.util.List;
import lip.api.Dialect;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a provider's answer says about the caller rather than the answer. Fields of the
 * same dialect go to the client as they are, the limits in the client's words otherwise.
 *
 * @param dialect whose names the fields have
 * @param requestId the provider's id of the request, visible ASCII of at most {@link #VALUE}
 *     characters; null = none
 * @param fields rate limits as received; those that are longer than {@link #VALUE}, not visible
 *     ASCII, or behind the first {@link #FIELDS} are left out
 * @param limits the same, as far as they have a meaning in other dialects
 */
public record ProviderNotes(
    Dialect dialect, @Nullable String requestId, Headers fields, List<RateLimit> limits) {
  /** Most fields. */
  public static final int FIELDS = 32;

  /** Most characters of a value. */
  public static final int VALUE = 256;

  /** Leaves out what is not safe to pass on. */
  public ProviderNotes {
    requestId = requestId != null && safe(requestId) ? requestId : null;
    fields =
        Headers.of(
            fields.fields().stream()
                .filter(field -> safe(field.value()) && safe(field.name()))
                .limit(FIELDS)
                .toList());
    limits = limits.stream().limit(FIELDS).toList();
  }

  private static boolean safe(String value) {
    return !value.isEmpty()
        && value.length() <= VALUE
        && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }
}
