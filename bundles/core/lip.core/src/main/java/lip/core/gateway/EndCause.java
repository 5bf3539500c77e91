package lip.core.gateway;

/** Why an exchange or attempt was ended before it ended by itself. */
public enum EndCause {
  /** The client closed its connection. */
  CLIENT_GONE,
  /** The client did not read for {@code write.timeout}. */
  CLIENT_STALLED,
  /** No first event in time. */
  FIRST_EVENT_LIMIT,
  /** Silence for too long. */
  IDLE_LIMIT,
  /** Another attempt was faster. */
  RACE_LOST,
  /** The plugin departs and its drain limit has passed. */
  DRAIN,
  /** The framework stops. */
  SHUTDOWN
}
