package lip.api;

/** Bounds of the canonical model. Lengths are UTF-8 bytes unless the name says otherwise. */
public final class Limits {
  /** Trace id. */
  public static final int CALL_ID = 512;

  /** Route selector. */
  public static final int ROUTE_SELECTOR = 65_536;

  /** Model name as sent by the client. */
  public static final int MODEL = 1_024;

  /** Each session and continuity id. */
  public static final int SESSION_ID = 4_096;

  /** Resume token. */
  public static final int RESUME_TOKEN = 8_192;

  /** Messages of a call. */
  public static final int MESSAGES = 4_096;

  /** Instruction messages of a call. */
  public static final int INSTRUCTIONS = 1_024;

  /** Parts of one message, and of one tool result. */
  public static final int PARTS = 2_048;

  /** Tools of a call, those inside namespaces included. */
  public static final int TOOLS = 2_048;

  /** Tool name. */
  public static final int TOOL_NAME = 256;

  /** Tool description. */
  public static final int TOOL_DESCRIPTION = 1_048_576;

  /** Parameter schema or grammar of one tool. */
  public static final int TOOL_PARAMETERS = 1_048_576;

  /** Extension fields of a call. */
  public static final int EXTENSION_KEYS = 256;

  /** One extension name. */
  public static final int EXTENSION_KEY = 256;

  /** One extension value. */
  public static final int EXTENSION_VALUE = 4_194_304;

  /** Text of one part. */
  public static final int TEXT = 8_388_608;

  /** JSON of one part: tool arguments, opaque payload. */
  public static final int JSON = 8_388_608;

  /** Inline media of one part, as base64 text. */
  public static final int INLINE_MEDIA = 67_108_864;

  /** URL, file id, MIME type, correlation id. */
  public static final int REFERENCE = 8_192;

  /** Free text of one option. */
  public static final int OPTION = 4_096;

  /** Stop sequences. */
  public static final int STOP_SEQUENCES = 256;

  /** Text of one event. */
  public static final int EVENT_DELTA = 8_388_608;

  /** Message of a warning or failure. */
  public static final int DIAGNOSTIC = 4_194_304;

  private Limits() {}

  /** Length of a text in UTF-8 bytes, without encoding it. */
  public static long utf8Length(CharSequence text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }
}
