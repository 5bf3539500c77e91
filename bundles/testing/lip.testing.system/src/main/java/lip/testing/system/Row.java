package lip.testing.system;

import java.util.List;

/**
 * A row of the hot-change table.
 *
 * @param id number in the table
 * @param title what changes
 * @param streams what the streams ask for; one after another in turn
 * @param requests what the loop asks for before the change
 * @param change the change
 * @param expected versions that must have answered, each a part of the version's text
 * @param endings streams that are meant to end with an error of the protocol
 */
record Row(
    String id,
    String title,
    List<Traffic> streams,
    Traffic requests,
    Change change,
    List<String> expected,
    int endings) {
  /** Something that happens while the streams run. */
  @FunctionalInterface
  interface Change {
    /** Does it and waits until it is in force; returns a note for people. */
    String on(Load load);
  }

  static Row of(String id, String title, Traffic streams, Traffic requests, Change change) {
    return new Row(id, title, List.of(streams), requests, change, List.of(), 0);
  }

  Row expecting(String... versions) {
    return new Row(id, title, streams, requests, change, List.of(versions), endings);
  }

  Row alsoStreaming(Traffic other) {
    return new Row(
        id, title, List.of(streams.getFirst(), other), requests, change, expected, endings);
  }

  Row ending(int count) {
    return new Row(id, title, streams, requests, change, expected, count);
  }
}
