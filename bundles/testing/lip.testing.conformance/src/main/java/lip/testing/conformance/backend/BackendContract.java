package lip.testing.conformance.backend;

import java.util.ArrayList;
import java.util.List;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.failure.UpstreamFailure;
import lip.sdk.backend.Backend;

/** What all contracts of a backend begin with. */
public interface BackendContract {
  /** A fresh instance; its provider is an emulator, if it needs one. */
  Backend backend() throws Exception;

  /** Reads a stream until it ends or fails, without closing it. */
  static List<Event> read(EventStream stream) throws UpstreamFailure {
    List<Event> events = new ArrayList<>();
    for (Event event; (event = stream.next()) != null; ) {
      events.add(event);
    }
    return events;
  }
}
