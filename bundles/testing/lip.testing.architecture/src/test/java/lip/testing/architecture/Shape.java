package lip.testing.architecture;

/** A sealed family to try the guard on. */
public sealed interface Shape {
  /** A case. */
  record Circle() implements Shape {}

  /** A case. */
  record Square() implements Shape {}

  /** Later cases. */
  non-sealed interface Other extends Shape {}
}
