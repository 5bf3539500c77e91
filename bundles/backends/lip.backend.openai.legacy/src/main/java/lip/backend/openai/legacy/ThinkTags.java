package lip.backend.openai.legacy;

import java.util.function.Consumer;
import lip.api.event.Event;
import lip.backend.openai.legacy.profile.Profile;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;

/**
 * Takes the thoughts at the beginning of an answer out of its text. Holds back only what may be a
 * piece of a tag, so thoughts leave as they come. White space around the tags is dropped, as the
 * parsers of these servers do. One per answer.
 */
final class ThinkTags {
  private static final String OPENING = "<think>";
  private static final String CLOSING = "</think>";

  /** White space that may stand in front of the first tag. */
  private static final int MOST_BLANKS = 1_000;

  private enum Place {
    /** Nothing but white space was said. */
    BEFORE,
    /** Behind the opening tag, nothing was thought. */
    OPENED,
    /** Inside of the thoughts. */
    INSIDE,
    /** Behind the closing tag, nothing was said. */
    CLOSED,
    /** The rest is text. */
    TEXT
  }

  private final boolean opened;
  private final Fidelity fidelity;
  private final Consumer<Event> out;
  private Place place = Place.BEFORE;
  private String held = "";

  ThinkTags(Profile.Tags tags, Fidelity fidelity, Consumer<Event> out) {
    opened = tags == Profile.Tags.OPENED;
    this.fidelity = fidelity;
    this.out = out;
  }

  /** Whether events pass unchanged from now on. */
  boolean over() {
    return place == Place.TEXT;
  }

  void accept(Event event) {
    switch (event) {
      case Event.TextDelta(String text) when place != Place.TEXT -> text(text);
      case Event.ResponseStarted _,
          Event.MessageStarted _,
          Event.Extension _,
          Event.Logprobs _,
          Event.Warning _ ->
          out.accept(event);
      default -> {
        end();
        out.accept(event);
      }
    }
  }

  /** No text follows, or something else comes first: what is held is what it looks like. */
  void end() {
    if (place == Place.INSIDE || (opened && place == Place.BEFORE && !held.isBlank())) {
      think(held);
    } else if (place == Place.BEFORE) {
      say(held);
    }
    held = "";
    place = Place.TEXT;
  }

  private void text(String more) {
    held += more;
    if (place == Place.BEFORE) {
      before();
    }
    if (place == Place.OPENED) {
      held = held.stripLeading();
      place = held.isEmpty() ? place : Place.INSIDE;
    }
    if (place == Place.INSIDE) {
      inside();
    }
    if (place == Place.CLOSED) {
      held = held.stripLeading();
      place = held.isEmpty() ? place : Place.TEXT;
    }
    if (place == Place.TEXT) {
      say(held);
      held = "";
    }
  }

  private void before() {
    String said = held.stripLeading();
    if (said.startsWith(OPENING)) {
      held = said.substring(OPENING.length());
      open();
    } else if (!OPENING.startsWith(said) || held.length() > MOST_BLANKS) {
      if (opened) {
        open();
      } else {
        place = Place.TEXT;
      }
    }
  }

  private void open() {
    place = Place.OPENED;
    fidelity.report(
        Deviation.mappedInAnswer("text.think", "reasoning", "so the profile of the server says"));
  }

  private void inside() {
    int end = held.indexOf(CLOSING);
    if (end >= 0) {
      think(held.substring(0, end));
      held = held.substring(end + CLOSING.length());
      place = Place.CLOSED;
      return;
    }
    int keep = Math.min(held.length(), CLOSING.length() - 1);
    while (!CLOSING.startsWith(held.substring(held.length() - keep))) {
      keep--;
    }
    think(held.substring(0, held.length() - keep));
    held = held.substring(held.length() - keep);
  }

  private void think(String text) {
    if (!text.isEmpty()) {
      out.accept(new Event.ReasoningDelta(text, false));
    }
  }

  private void say(String text) {
    if (!text.isEmpty()) {
      out.accept(new Event.TextDelta(text));
    }
  }
}
