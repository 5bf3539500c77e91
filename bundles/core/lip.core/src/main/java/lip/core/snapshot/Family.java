package lip.core.snapshot;

/** Families of plugins. Closed by nature: each one is a place in the snapshot. */
public enum Family {
  /** Client protocols. */
  FRONTEND,
  /** Providers. */
  BACKEND,
  /** Handlers of stages. */
  FEATURE,
  /** Keepers of state. */
  STORE;

  /** Lower-case name for pages and messages. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
