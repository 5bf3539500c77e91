package lip.support.provider;

import lip.sdk.backend.ProviderNotes;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;

/** Notes for the client without any field that repeats a key. */
public final class SafeNotes {
  private SafeNotes() {}

  /** The notes; null = there are none. */
  public static @Nullable ProviderNotes of(@Nullable ProviderNotes notes, Redaction redaction) {
    if (notes == null) {
      return null;
    }
    String id = notes.requestId();
    return new ProviderNotes(
        notes.dialect(),
        id == null || !redaction.clean(id).equals(id) ? null : id,
        Headers.of(
            notes.fields().fields().stream()
                .filter(field -> redaction.clean(field.value()).equals(field.value()))
                .toList()),
        notes.limits());
  }
}
