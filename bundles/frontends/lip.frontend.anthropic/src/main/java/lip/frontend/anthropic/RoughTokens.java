package lip.frontend.anthropic;

/**
 * Without a vocabulary: words, digits, blanks and signs as byte-pair tokenizers cut them. Costs
 * next to nothing; for when all that may count are busy.
 */
final class RoughTokens implements TextTokens {
  private static final int LETTERS_PER_TOKEN = 9;
  private static final int DIGITS_PER_TOKEN = 3;
  private static final double SIGNS_PER_TOKEN = 2.5;
  private static final double LINE_END = 0.4;
  private static final double LONE_SIGN = 0.85;
  private static final double FOREIGN_LETTER = 0.5;
  private static final double FOREIGN_SIGN = 0.9;

  private double tokens;

  @Override
  public void add(String text) {
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      int end = i + 1;
      if (c >= 0x80) {
        tokens +=
            Character.isLowSurrogate(c)
                ? 0
                : Character.isAlphabetic(c) ? FOREIGN_LETTER : FOREIGN_SIGN;
      } else if (Character.isLetter(c)) {
        end = word(text, end);
        tokens += parts(end - i, LETTERS_PER_TOKEN);
      } else if (Character.isDigit(c)) {
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
          end++;
        }
        tokens += parts(end - i, DIGITS_PER_TOKEN);
      } else if (Character.isWhitespace(c)) {
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
          end++;
        }
        // A single blank belongs to the word behind it.
        tokens += end - i > 1 ? 1 : c == '\n' ? LINE_END : 0;
      } else {
        while (end < text.length() && isSign(text.charAt(end))) {
          end++;
        }
        tokens += end - i == 1 ? LONE_SIGN : Math.max(1, (end - i + 1) / SIGNS_PER_TOKEN);
      }
      i = end;
    }
  }

  /** The end of a word; a capital behind a small letter begins another one. */
  private static int word(String text, int from) {
    int end = from;
    while (end < text.length()
        && text.charAt(end) < 0x80
        && Character.isLetter(text.charAt(end))
        && !(Character.isUpperCase(text.charAt(end))
            && Character.isLowerCase(text.charAt(end - 1)))) {
      end++;
    }
    return end;
  }

  private static boolean isSign(char c) {
    return c < 0x80 && !Character.isLetterOrDigit(c) && !Character.isWhitespace(c);
  }

  private static int parts(int length, int most) {
    return (length + most - 1) / most;
  }

  @Override
  public long sum() {
    return Math.round(tokens);
  }

  @Override
  public String how() {
    return "rough";
  }
}
