package lip.frontend.anthropic;

/** Counts the tokens of the texts of one prompt. */
interface TextTokens {
  /** Takes a text. */
  void add(String text);

  /** The tokens of all texts. */
  long sum();

  /** How they were counted, in one word. */
  String how();
}
