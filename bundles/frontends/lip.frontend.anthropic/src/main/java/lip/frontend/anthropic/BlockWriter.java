package lip.frontend.anthropic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Limits;
import lip.api.event.Event;
import lip.api.event.Usage;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.message.Part;
import lip.api.tool.ToolKind;
import lip.support.anthropic.messages.Names;
import lip.support.envelope.ReasoningEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Puts events into blocks, one open at a time: what belongs to a later block waits until the ones
 * before it have ended, so that parallel calls whose arguments come interleaved stay apart. One per
 * answer.
 */
final class BlockWriter {
  private final MessageHead head;
  private final Sink sink;
  private final MessageEnd.Said said = new MessageEnd.Said();
  private final Deque<Draft> drafts = new ArrayDeque<>();
  private final Map<String, Draft.Call> calls = new HashMap<>();
  private int index;
  private long waiting;
  private boolean anyCall;
  private boolean begun;
  private boolean refused;
  private @Nullable Usage usage;

  BlockWriter(MessageHead head, Sink sink) {
    this.head = head;
    this.sink = sink;
  }

  /** Takes the next event. Failures are not its business. */
  void accept(Event event) {
    switch (event) {
      case Event.TextDelta(String text) -> text(text);
      case Event.ToolArgumentsDelta(String id, String text) -> arguments(id, text);
      case Event.ReasoningDelta(String text, _) -> thinking(text);
      case Event.RefusalDelta(String text) -> {
        refused = true;
        text(text);
      }
      case Event.ResponseStarted started -> head.started(started);
      case Event.MessageStarted _ -> begin();
      case Event.ToolCallStarted call -> start(call);
      case Event.ToolCallFinished(String id) -> {
        Draft.Call call = calls.remove(id);
        if (call != null) {
          call.finish();
          pump();
        }
      }
      case Event.ReasoningDone(Part.Reasoning whole) -> reasoned(whole);
      case Event.Citation(var annotation) -> {
        Draft.Text text = last() instanceof Draft.Text open ? open : open(new Draft.Text());
        waiting += text.note(annotation);
        pump();
      }
      case Event.UsageReport(Usage report) -> usage = report;
      case Event.Extension extension -> extension(extension);
      case Event.Finished finished -> finish(finished);
      // This protocol has no media in answers and no token probabilities.
      case Event.MediaOutput _,
          Event.Logprobs _,
          Event.Warning _,
          Event.Failed _,
          Event.Other _ -> {}
    }
  }

  /**
   * What is wrong when too much waits for a block before it to end; null = nothing is. One call's
   * arguments may be as long.
   */
  @Nullable Failure overfull() {
    return waiting <= Limits.JSON
        ? null
        : Failure.of(
            FailureClass.UPSTREAM,
            "the answer has more than " + Limits.JSON + " bytes behind a block that does not end");
  }

  private void begin() {
    if (!begun) {
      begun = true;
      sink.begin(head, usage);
    }
  }

  private void text(String text) {
    if (text.isEmpty()) {
      return;
    }
    Draft.Text draft = last() instanceof Draft.Text open ? open : open(new Draft.Text());
    waiting += draft.add(text);
    pump();
  }

  private void thinking(String text) {
    if (text.isEmpty()) {
      return;
    }
    Draft.Thought draft = last() instanceof Draft.Thought open ? open : open(new Draft.Thought());
    waiting += draft.add(text);
    pump();
  }

  private void reasoned(Part.Reasoning whole) {
    boolean ours = whole.dialect().equals(Dialect.ANTHROPIC);
    if (ours && whole.opaque() != null) {
      open(new Draft.Raw(null, whole.opaque()));
    } else {
      Draft.Thought draft = last() instanceof Draft.Thought open ? open : open(new Draft.Thought());
      String signature = whole.signature();
      waiting +=
          draft.sign(ours ? (signature == null ? "" : signature) : ReasoningEnvelope.pack(whole));
      draft.finish();
    }
    pump();
  }

  private void start(Event.ToolCallStarted event) {
    Map<String, Json> more = new TreeMap<>();
    event
        .nativeIds()
        .forEach((name, value) -> {
          if (name.startsWith(Names.CALL)) {
            more.put(name.substring(Names.CALL.length()), Json.of(value));
          }
        });
    Draft.Call call =
        new Draft.Call(event.id(), event.name(), more, event.kind().equals(ToolKind.CUSTOM));
    calls.put(event.id(), call);
    anyCall = true;
    open(call);
    pump();
  }

  private void arguments(String id, String text) {
    Draft.Call call = calls.get(id);
    if (call != null) {
      waiting += call.add(text);
      pump();
    }
  }

  private void extension(Event.Extension extension) {
    if (!extension.dialect().equals(Dialect.ANTHROPIC)) {
      return;
    }
    String name = extension.name();
    if (name.equals(Names.BLOCK)) {
      open(new Draft.Raw(extension.value(), null));
      pump();
    } else if (name.equals(Names.TEXT_END)) {
      if (last() instanceof Draft.Text text) {
        text.finish();
        pump();
      }
    } else if (name.equals(Names.DELTA)) {
      said.delta(extension.value());
    } else if (name.startsWith(Names.MESSAGE_DELTA)) {
      said.outer(name.substring(Names.MESSAGE_DELTA.length()), extension.value());
    } else if (name.startsWith(Names.MESSAGE)) {
      head.member(name.substring(Names.MESSAGE.length()), extension.value());
    }
  }

  private void finish(Event.Finished finished) {
    begin();
    drafts.forEach(Draft::finish);
    pump();
    sink.finish(said.end(finished, anyCall, refused), usage);
  }

  private @Nullable Draft last() {
    Draft last = drafts.peekLast();
    return last == null || last.finished() ? null : last;
  }

  /** A new block; text and reasoning before it are over. */
  private <D extends Draft> D open(D draft) {
    begin();
    Draft last = last();
    if (last != null && !(last instanceof Draft.Call)) {
      last.finish();
    }
    drafts.add(draft);
    waiting += draft.weight();
    return draft;
  }

  private void pump() {
    for (Draft draft; (draft = drafts.peek()) != null; ) {
      waiting -= draft.weight();
      draft.write(sink, index);
      if (!draft.finished()) {
        waiting += draft.weight();
        return;
      }
      sink.end(index++);
      drafts.remove();
    }
  }
}
