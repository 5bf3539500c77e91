package lip.frontend.anthropic;

import java.util.Base64;

/**
 * Tokens of a picture by the provider's rule: width times height over 750, after it was made to fit
 * into 1,568 pixels a side; what has no readable size counts as the largest.
 */
final class ImageTokens {
  static final int MOST = 1_600;

  private static final int LONG_SIDE = 1_568;
  private static final int PIXELS_PER_TOKEN = 750;

  /** A size stands in front, behind at most some metadata. */
  private static final int HEAD = 64 * 1024;

  private ImageTokens() {}

  /** Tokens of a picture in base64. */
  static int of(String base64) {
    int length = Math.min(base64.length(), HEAD) / 4 * 4;
    byte[] head;
    try {
      head = Base64.getDecoder().decode(base64.substring(0, length));
    } catch (IllegalArgumentException _) {
      return MOST;
    }
    long size = size(head);
    return size == 0 ? MOST : tokens(size >>> 32, size & 0xffff_ffffL);
  }

  private static int tokens(long width, long height) {
    double scale = Math.min(1, (double) LONG_SIDE / Math.max(width, height));
    double area = width * scale * (height * scale);
    return (int) Math.min(MOST, Math.max(1, Math.ceil(area / PIXELS_PER_TOKEN)));
  }

  /** Width in the upper half, height in the lower one; 0 = not found. */
  private static long size(byte[] b) {
    if (b.length >= 24 && b[0] == (byte) 0x89 && b[1] == 'P') {
      return pair(be(b, 16, 4), be(b, 20, 4));
    }
    if (b.length >= 10 && b[0] == 'G' && b[1] == 'I' && b[2] == 'F') {
      return pair(le(b, 6, 2), le(b, 8, 2));
    }
    if (b.length >= 30 && b[0] == 'R' && b[8] == 'W' && b[12] == 'V' && b[15] == 'X') {
      return pair(le(b, 24, 3) + 1, le(b, 27, 3) + 1);
    }
    if (b.length >= 30 && b[0] == 'R' && b[8] == 'W' && b[12] == 'V' && b[15] == ' ') {
      return pair(le(b, 26, 2) & 0x3fff, le(b, 28, 2) & 0x3fff);
    }
    return b.length >= 4 && b[0] == (byte) 0xff && b[1] == (byte) 0xd8 ? jpeg(b) : 0;
  }

  private static long jpeg(byte[] b) {
    int at = 2;
    while (at + 9 < b.length && b[at] == (byte) 0xff) {
      int mark = b[at + 1] & 0xff;
      boolean frame = mark >= 0xc0 && mark <= 0xcf && mark != 0xc4 && mark != 0xc8 && mark != 0xcc;
      if (frame) {
        return pair(be(b, at + 7, 2), be(b, at + 5, 2));
      }
      at += 2 + (int) be(b, at + 2, 2);
    }
    return 0;
  }

  private static long pair(long width, long height) {
    boolean sane = width > 0 && height > 0 && width < 1 << 20 && height < 1 << 20;
    return sane ? (width << 32) | height : 0;
  }

  private static long be(byte[] b, int at, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = (value << 8) | (b[at + i] & 0xff);
    }
    return value;
  }

  private static long le(byte[] b, int at, int count) {
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = (value << 8) | (b[at + i] & 0xff);
    }
    return value;
  }
}
