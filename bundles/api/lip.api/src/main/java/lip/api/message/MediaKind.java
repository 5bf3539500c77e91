package lip.api.message;

/**
 * What sort of media.
 *
 * @param id lower-case name
 */
public record MediaKind(String id) {
  /** Picture. */
  public static final MediaKind IMAGE = new MediaKind("image");

  /** PDF, text or office file. */
  public static final MediaKind DOCUMENT = new MediaKind("document");

  /** Sound. */
  public static final MediaKind AUDIO = new MediaKind("audio");

  /** Moving picture. */
  public static final MediaKind VIDEO = new MediaKind("video");
}
