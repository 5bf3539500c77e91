package lip.frontend.anthropic;

/**
 * Without a vocabulary: words, digits and signs as byte-pair tokenizers cut them. Costs next to
 * nothing; for when all that may count are busy.
 */
final class RoughTokens implements TextTokens {
  private static final int LETTERS_PER_TOKEN = 5;

  private long tokens;

  @Override
  public void add(String text) {
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 && Character.isLetter(c)) {
        letters++;
        continue;
      }
      tokens += (letters + LETTERS_PER_TOKEN - 1) / LETTERS_PER_TOKEN;
      letters = 0;
      if (c == ' ' || Character.isLowSurrogate(c)) {
        // A blank belongs to the word behind it, a pair is one sign.
        continue;
      }
      boolean repeated = i > 0 && text.charAt(i - 1) == c;
      tokens += repeated ? 0 : 1;
    }
    tokens += (letters + LETTERS_PER_TOKEN - 1) / LETTERS_PER_TOKEN;
  }

  @Override
  public long sum() {
    return tokens;
  }

  @Override
  public String how() {
    return "rough";
  }
}
