package lip.api.message;

import java.util.Base64;
import lip.api.Dialect;
import lip.api.InvalidCall;
import lip.api.Limits;

/** Where the bytes of a media part are. */
public sealed interface MediaSource {
  /**
   * The bytes themselves, kept in the base64 text they arrived in.
   *
   * @param base64 standard alphabet, no line breaks
   */
  record Inline(String base64) implements MediaSource {
    /** Checks the length, not the alphabet: that is the provider's to judge. */
    public Inline {
      InvalidCall.checkLength("data", base64, Limits.INLINE_MEDIA);
    }

    /** The decoded bytes. */
    public byte[] decode() {
      try {
        return Base64.getMimeDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        throw new InvalidCall("data", "not base64");
      }
    }
  }

  /**
   * An address that the provider fetches.
   *
   * @param url http, https or provider scheme
   */
  record Url(String url) implements MediaSource {
    /** Checks the length. */
    public Url {
      InvalidCall.checkLength("url", url, Limits.REFERENCE);
    }
  }

  /**
   * A file the provider already has.
   *
   * @param dialect whose id it is; useless elsewhere
   * @param id the provider's id
   */
  record ProviderFile(Dialect dialect, String id) implements MediaSource {
    /** Checks the length. */
    public ProviderFile {
      InvalidCall.checkLength("file_id", id, Limits.REFERENCE);
    }
  }

  /** Cases added later implement this one; plugins pass them on. */
  non-sealed interface Other extends MediaSource {
    /** Name of the case. */
    String type();
  }
}
