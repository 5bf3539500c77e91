package lip.testing.architecture;

/** A sealed family that cannot grow. */
public sealed interface Closed {
  /** The only case. */
  record Only() implements Closed {}
}
