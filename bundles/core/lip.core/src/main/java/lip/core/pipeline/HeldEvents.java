package lip.core.pipeline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import lip.api.event.Event;
import lip.api.event.EventOrder;

/**
 * What a handler keeps back, in order, with a step that can be undone. Taking leaves the events in
 * the list until the step is committed.
 */
final class HeldEvents {
  private final List<Event> events = new ArrayList<>();

  /**
   * Which of them were not the handler's own: they wait behind what it holds, it cannot drop them.
   */
  private final BitSet foreign = new BitSet();

  private long bytes;

  /** Events before this one have been taken in this step. */
  private int from;

  /** Events from this one on were added in this step. */
  private int mark;

  private long markBytes;

  boolean isEmpty() {
    return events.isEmpty();
  }

  void begin() {
    from = 0;
    mark = events.size();
    markBytes = bytes;
  }

  boolean add(Event event, boolean notOwn) {
    long size = EventSize.of(event);
    if (events.size() - from >= EventChain.MOST_EVENTS || bytes + size > EventChain.MOST_BYTES) {
      return false;
    }
    if (notOwn) {
      foreign.set(events.size());
    }
    events.add(event);
    bytes += size;
    return true;
  }

  /** Stages all, checking their order. */
  void takeAll(List<Event> staged, EventOrder order) {
    for (int i = from; i < events.size(); i++) {
      order.accept(events.get(i));
      staged.add(events.get(i));
    }
    taken();
  }

  /** Stages those the handler cannot drop and forgets the others. */
  void takeForeign(List<Event> staged, EventOrder order) {
    for (int i = foreign.nextSetBit(from); i >= 0; i = foreign.nextSetBit(i + 1)) {
      order.accept(events.get(i));
      staged.add(events.get(i));
    }
    taken();
  }

  private void taken() {
    from = events.size();
    bytes = 0;
  }

  void commit() {
    if (from == 0) {
      return;
    }
    if (from == events.size()) {
      clear();
      return;
    }
    BitSet rest = foreign.get(from, events.size());
    foreign.clear();
    foreign.or(rest);
    events.subList(0, from).clear();
    from = 0;
  }

  void rollback() {
    if (events.size() > mark) {
      events.subList(mark, events.size()).clear();
      foreign.clear(mark, Math.max(mark, foreign.length()));
    }
    bytes = markBytes;
    from = 0;
  }

  List<Event> drain() {
    List<Event> all = List.copyOf(events);
    clear();
    return all;
  }

  void clear() {
    events.clear();
    foreign.clear();
    bytes = 0;
    from = 0;
  }
}
