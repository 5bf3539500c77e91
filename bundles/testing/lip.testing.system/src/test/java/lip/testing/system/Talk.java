package lip.testing.system;

/** A conversation that a vendor's own client leads. */
interface Talk {
  /** Offers the tool {@code weather}. */
  Talk withTool();

  /** Ends answers at a text. */
  Talk stopAt(String text);

  /** The user says something. */
  Talk say(String text);

  /** The user shows a picture of one pixel. */
  Talk show(String base64Png);

  /** The tools answered. */
  Talk results(Said calls, String text);

  /** The model answers; its answer becomes part of the conversation. */
  Said answer(boolean streaming);
}
