package lip.testing.system;

import java.util.Map;

/** A conversation that a vendor's own client leads. */
interface Talk {
  /** Offers the tool {@code weather}. */
  Talk withTool();

  /** One more instruction, behind those before. */
  Talk instruct(String text);

  /** Wants JSON by this schema, an object. */
  Talk asJson(Map<String, Object> schema);

  /** Wants the model to think. */
  Talk think();

  /** Ends answers at a text. */
  Talk stopAt(String text);

  /** The user says something. */
  Talk say(String text);

  /** The user shows a picture of one pixel. */
  Talk show(String base64Png);

  /** The user gives a document. */
  Talk give(String base64Pdf);

  /** The tools answered. */
  Talk results(Said calls, String text);

  /** The model answers; its answer becomes part of the conversation. */
  Said answer(boolean streaming);

  /** The model begins to answer, streamed; after its first text the client closes the stream. */
  void abandon();
}
