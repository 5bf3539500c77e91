package lip.core.instances;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one look at an instance came to; filled while its candidates are tried, best first. */
final class Verdict {
  /** Why a candidate was not taken. */
  record Why(String reason, boolean settings) {}

  private final @Nullable Live old;
  private final Map<Source, Why> whys = new LinkedHashMap<>();
  private @Nullable Live next;
  private String state = "";
  private @Nullable String note;
  private boolean refused;

  Verdict(@Nullable Live old) {
    this.old = old;
  }

  /** It lives in this form. */
  void lives(Live live) {
    next = live;
    state = "active";
  }

  /** It is not to live. */
  void disabled() {
    next = null;
    state = "disabled";
  }

  /** It cannot live yet; what runs goes on. */
  void unresolved(String reason) {
    next = old;
    state = "unresolved";
    note = reason;
  }

  /** Its id belongs to another one; what runs goes on. */
  void clash(String reason) {
    next = old;
    state = "invalid";
    note = reason;
    refused = true;
  }

  /** A candidate cannot make it. */
  void failed(Source candidate, Why why) {
    whys.put(candidate, why);
  }

  /** No candidate took it: what runs goes on, if its source is still there. */
  void nobody(boolean oldMayStay) {
    refused = true;
    next = oldMayStay ? old : null;
    state =
        next != null
            ? "active"
            : whys.values().stream().allMatch(Why::settings) ? "invalid" : "failed";
  }

  @Nullable Live next() {
    return next;
  }

  Map<Source, Why> whys() {
    return whys;
  }

  /** Whether the configuration was refused by all. */
  boolean refused() {
    return refused;
  }

  /** Whether there is no such instance. */
  boolean gone() {
    return state.isEmpty();
  }

  String state() {
    return state;
  }

  @Nullable String reason() {
    if (note != null) {
      return note;
    }
    return whys.isEmpty()
        ? null
        : String.join(
            "; ",
            whys.entrySet().stream()
                .map(e ->
                    e.getKey().origin().symbolicName()
                        + " "
                        + e.getKey().origin().version()
                        + ": "
                        + e.getValue().reason())
                .toList());
  }
}
