package lip.frontend.anthropic;

import java.util.function.ToIntFunction;

/**
 * Counts with a tokenizer, in pieces, so that no input costs more than its share. Behind a number
 * of characters only samples are counted, and what is between them is taken to be the same.
 */
final class ByVocabulary implements TextTokens {
  /** Characters of one prompt that are all counted: more than 60,000 tokens of prose. */
  static final int ALL_OF = 256 * 1024;

  /** Characters of samples in the rest of a prompt. */
  static final int SAMPLES = 128 * 1024;

  private static final int PIECE = 8 * 1024;
  private static final int SAMPLE = 1024;
  private static final int EVERY = 16;

  private final ToIntFunction<String> tokenizer;
  private long counted;
  private long tokens;
  private int samples = SAMPLES;
  private double guessed;

  ByVocabulary(ToIntFunction<String> tokenizer) {
    this.tokenizer = tokenizer;
  }

  @Override
  public void add(String text) {
    int whole = (int) Math.min(text.length(), ALL_OF - counted);
    int end = whole < text.length() ? cut(text, 0, whole) : whole;
    for (int from = 0; from < end; ) {
      int to = end - from <= PIECE ? end : cut(text, from, from + PIECE);
      tokens += tokenizer.applyAsInt(text.substring(from, to));
      from = to;
    }
    counted += end;
    if (end < text.length()) {
      sample(text, end);
    }
  }

  /** Evenly spread pieces; without any left, as the prompt was until now. */
  private void sample(String text, int from) {
    int rest = text.length() - from;
    int pieces = Math.min(samples / SAMPLE, Math.max(1, rest / (SAMPLE * EVERY)));
    if (pieces == 0 || rest < SAMPLE) {
      guessed += rest * (counted == 0 ? 0.25 : (double) tokens / counted);
      return;
    }
    samples -= pieces * SAMPLE;
    long said = 0;
    long read = 0;
    for (int i = 0; i < pieces; i++) {
      int start = from + (int) ((long) (rest - SAMPLE) * i / Math.max(1, pieces - 1));
      int begin = cut(text, from, start);
      int end = Math.min(text.length(), cut(text, begin, begin + SAMPLE));
      said += tokenizer.applyAsInt(text.substring(begin, end));
      read += end - begin;
    }
    guessed += rest * ((double) said / Math.max(1, read));
  }

  /** A place near {@code at}, better in front of a blank, never inside a pair of surrogates. */
  private static int cut(String text, int from, int at) {
    if (at <= from || at >= text.length()) {
      return Math.min(at, text.length());
    }
    for (int i = at; i > Math.max(from, at - 256); i--) {
      if (Character.isWhitespace(text.charAt(i)) && !Character.isWhitespace(text.charAt(i - 1))) {
        return i;
      }
    }
    return Character.isLowSurrogate(text.charAt(at)) && at - 1 > from ? at - 1 : at;
  }

  @Override
  public long sum() {
    return tokens + Math.round(guessed);
  }

  @Override
  public String how() {
    return guessed > 0 ? "o200k-sampled" : "o200k";
  }
}
