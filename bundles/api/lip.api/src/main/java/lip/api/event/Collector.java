package lip.api.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.InvalidCall;
import lip.api.Json;
import lip.api.Limits;
import lip.api.Meta;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.api.message.Annotation;
import lip.api.message.Part;
import org.jspecify.annotations.Nullable;

/** Turns a stream into a whole answer, within bounds. One per stream; used by one thread. */
public final class Collector {
  private final CollectLimits limits;
  private final EventOrder order = new EventOrder();
  private final List<Piece> pieces = new ArrayList<>();
  private final Map<String, CallPiece> calls = new LinkedHashMap<>();
  private final Map<String, Event.Extension> extensions = new LinkedHashMap<>();
  private final List<Event.Warning> warnings = new ArrayList<>();
  private Event.ResponseStarted start = Event.ResponseStarted.PLAIN;
  private @Nullable Usage usage;
  private Event.@Nullable Finished finish;
  private @Nullable Failure failure;
  private @Nullable List<Part> whole;
  private long textBytes;
  private long reasoningBytes;
  private long argumentBytes;
  private int media;

  /** With the default bounds. */
  public Collector() {
    this(CollectLimits.DEFAULT);
  }

  /** With given bounds. */
  public Collector(CollectLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads a stream to its end and closes it.
   *
   * @throws UpstreamFailure when the stream breaks off, ends without a terminal event or passes a
   *     bound
   */
  public static Collected collect(EventStream stream, CollectLimits limits) throws UpstreamFailure {
    try (stream) {
      Collector collector = new Collector(limits);
      for (Event event; (event = stream.next()) != null; ) {
        collector.accept(event);
        if (event.terminal()) {
          return collector.result();
        }
      }
      throw new UpstreamFailure(
          Failure.of(FailureClass.UPSTREAM, "the answer ended without its final event"));
    }
  }

  /**
   * Adds the next event.
   *
   * @throws UpstreamFailure when a bound is passed
   */
  public void accept(Event event) throws UpstreamFailure {
    order.accept(event);
    switch (event) {
      case Event.ResponseStarted started -> start = started;
      case Event.MessageStarted _ -> {}
      case Event.TextDelta(String text) -> {
        long size = Limits.utf8Length(text);
        textBytes = bound("text", textBytes + size, limits.text());
        last(TextPiece.class, TextPiece::new).text.add(text, size, "text", Limits.TEXT);
      }
      case Event.RefusalDelta(String text) -> {
        long size = Limits.utf8Length(text);
        textBytes = bound("text", textBytes + size, limits.text());
        last(RefusalPiece.class, RefusalPiece::new).text.add(text, size, "refusal", Limits.TEXT);
      }
      case Event.ReasoningDelta(String text, boolean summary) -> {
        long size = Limits.utf8Length(text);
        reasoningBytes = bound("reasoning", reasoningBytes + size, limits.reasoning());
        ReasoningPiece piece = last(ReasoningPiece.class, ReasoningPiece::new);
        (summary ? piece.summary : piece.text).add(text, size, "reasoning", Limits.TEXT);
      }
      case Event.ReasoningDone(Part.Reasoning whole) -> {
        if (!pieces.isEmpty() && pieces.getLast() instanceof ReasoningPiece open) {
          open.whole = whole;
        } else {
          ReasoningPiece piece = new ReasoningPiece();
          piece.whole = whole;
          pieces.add(piece);
        }
        // The next delta begins a new piece.
        pieces.add(new Barrier());
      }
      case Event.ToolCallStarted call -> {
        CallPiece piece = new CallPiece(call);
        calls.put(call.id(), piece);
        pieces.add(piece);
      }
      case Event.ToolArgumentsDelta(String id, String text) -> {
        long size = Limits.utf8Length(text);
        argumentBytes = bound("tool arguments", argumentBytes + size, limits.toolArguments());
        CallPiece piece = calls.get(id);
        if (piece != null) {
          piece.arguments.add(text, size, "tool arguments", Limits.JSON);
        }
      }
      case Event.ToolCallFinished _ -> {}
      case Event.Citation(Annotation annotation) ->
          last(TextPiece.class, TextPiece::new).annotations.add(annotation);
      case Event.MediaOutput(Part.Media part) -> {
        media = (int) bound("media parts", media + 1L, limits.media());
        pieces.add(new MediaPiece(part));
      }
      case Event.Logprobs(_, Json raw) -> last(TextPiece.class, TextPiece::new).logprobs.add(raw);
      case Event.UsageReport(Usage report) -> usage = report;
      case Event.Warning warning -> {
        bound("warnings", warnings.size() + 1L, limits.warnings());
        warnings.add(warning);
      }
      case Event.Extension extension ->
          extensions.put(extension.dialect().id() + " " + extension.name(), extension);
      case Event.Finished finished -> {
        finish = finished;
        whole = legal();
      }
      case Event.Failed(Failure why) -> {
        failure = why;
        whole = List.of();
      }
      case Event.Other _ -> {}
    }
  }

  /** The parts at the end; what a provider said beyond the bounds of the model is its fault. */
  private List<Part> legal() throws UpstreamFailure {
    try {
      return parts();
    } catch (InvalidCall e) {
      throw new UpstreamFailure(
          Failure.of(FailureClass.UPSTREAM, "the answer cannot be collected: " + e.getMessage()),
          e);
    }
  }

  /** What has been collected so far. */
  public Collected result() {
    return new Collected(
        start,
        whole == null ? parts() : whole,
        usage,
        finish,
        failure,
        List.copyOf(extensions.values()),
        warnings);
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (Piece piece : pieces) {
      Part part = piece.part();
      if (part != null) {
        parts.add(part);
      }
    }
    return parts;
  }

  private <P extends Piece> P last(Class<P> type, java.util.function.Supplier<P> fresh) {
    if (!pieces.isEmpty() && type.isInstance(pieces.getLast())) {
      return type.cast(pieces.getLast());
    }
    P piece = fresh.get();
    pieces.add(piece);
    return piece;
  }

  private static long bound(String what, long value, long limit) throws UpstreamFailure {
    if (value > limit) {
      throw new UpstreamFailure(
          Failure.of(
              FailureClass.UPSTREAM,
              "the answer has more than " + limit + " (" + what + ") and cannot be collected"));
    }
    return value;
  }

  /** A text that grows, within what one part of the model may hold. */
  private static final class Growing {
    // A whole answer comes in one piece, which needs no builder.
    private String first = "";
    private @Nullable StringBuilder text;
    private long bytes;

    void add(String more, long size, String what, int limit) throws UpstreamFailure {
      bytes += size;
      if (bytes > limit) {
        bound(what + " in one part", bytes, limit);
      }
      if (text != null) {
        text.append(more);
      } else if (first.isEmpty()) {
        first = more;
      } else {
        text = new StringBuilder(first).append(more);
      }
    }

    boolean isEmpty() {
      return first.isEmpty();
    }

    @Override
    public String toString() {
      return text == null ? first : text.toString();
    }
  }

  private sealed interface Piece {
    @Nullable Part part();
  }

  private static final class TextPiece implements Piece {
    private final Growing text = new Growing();
    private final List<Annotation> annotations = new ArrayList<>();
    private final List<Json> logprobs = new ArrayList<>();

    @Override
    public Part part() {
      Json joined = null;
      if (!logprobs.isEmpty()) {
        StringBuilder all = new StringBuilder("[");
        for (Json one : logprobs) {
          all.append(all.length() > 1 ? "," : "").append(one.text());
        }
        joined = Json.of(all.append(']').toString());
      }
      return new Part.Text(text.toString(), annotations, joined, Meta.NONE);
    }
  }

  private static final class RefusalPiece implements Piece {
    private final Growing text = new Growing();

    @Override
    public Part part() {
      return new Part.Refusal(text.toString(), Meta.NONE);
    }
  }

  private static final class ReasoningPiece implements Piece {
    private static final Dialect NONE = new Dialect("none");
    private final Growing text = new Growing();
    private final Growing summary = new Growing();
    private Part.@Nullable Reasoning whole;

    @Override
    public Part part() {
      if (whole != null) {
        return whole;
      }
      List<String> pieces = summary.isEmpty() ? List.of() : List.of(summary.toString());
      return new Part.Reasoning(NONE, text.toString(), pieces, null, null, null, Meta.NONE);
    }
  }

  private static final class CallPiece implements Piece {
    private final Event.ToolCallStarted start;
    private final Growing arguments = new Growing();

    private CallPiece(Event.ToolCallStarted start) {
      this.start = start;
    }

    @Override
    public Part part() {
      return new Part.ToolCall(
          start.id(),
          start.kind(),
          start.name(),
          arguments.toString(),
          start.nativeIds(),
          start.signature(),
          Meta.NONE);
    }
  }

  private record MediaPiece(Part.Media media) implements Piece {
    @Override
    public Part part() {
      return media;
    }
  }

  private record Barrier() implements Piece {
    @Override
    public @Nullable Part part() {
      return null;
    }
  }
}
