package lip.support.frontend;

import lip.api.event.Event;
import org.jspecify.annotations.Nullable;

/** The id and the model that a client reads in an answer. One per answer. */
public final class AnswerIdentity {
  private static final int MAX_ID = 128;

  private final String prefix;
  private final @Nullable String wantedModel;
  private String id;
  private String model;

  /**
   * Before anything is known of the answer.
   *
   * @param prefix of the ids of this protocol
   * @param ownId id of ours, for providers that give none of this protocol's form
   * @param wantedModel model as the client wrote it; null = it did not
   */
  public AnswerIdentity(String prefix, String ownId, @Nullable String wantedModel) {
    this.prefix = prefix;
    this.wantedModel = wantedModel;
    id = ownId;
    model = wantedModel == null ? "" : wantedModel;
  }

  /** Takes what the provider says of it. */
  public void started(Event.ResponseStarted started) {
    String theirs = started.id();
    if (theirs != null && theirs.startsWith(prefix) && plain(theirs)) {
      id = theirs;
    }
    if (wantedModel == null && started.model() != null) {
      model = started.model();
    }
  }

  /** The provider's id, when it has the form of this protocol, else ours. */
  public String id() {
    return id;
  }

  /** The model as the client wrote it, else as the provider says; empty = nobody said. */
  public String model() {
    return model;
  }

  private static boolean plain(String text) {
    return text.length() <= MAX_ID && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
