package lip.sdk.secret;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A secret setting: a reference ({@code env:NAME}, {@code file:PATH}, {@code secret:NAME}), never
 * the value. Immutable, safe from any thread.
 */
public final class Secret {
  /** Resolves references; made by the core. */
  @ConsumerType
  public interface Source {
    /** The value behind a reference. */
    String reveal(String reference) throws SecretUnavailable;

    /** A number that changes when the value may have changed. */
    long version(String reference);
  }

  private final String reference;
  private final Source source;

  /** A secret behind a reference. */
  public Secret(String reference, Source source) {
    this.reference = reference;
    this.source = source;
  }

  /** The reference, fit for logs and pages. */
  public String reference() {
    return reference;
  }

  /**
   * The value now. Call it when the secret is used, keep it no longer than the request.
   *
   * @throws SecretUnavailable when the reference leads to nothing; the message names the reference
   */
  public String reveal() throws SecretUnavailable {
    return source.reveal(reference);
  }

  /**
   * Changes when the value may have changed: a key that the provider refused is worth another try
   * then.
   */
  public long version() {
    return source.version(reference);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && reference.equals(that.reference);
  }

  @Override
  public int hashCode() {
    return reference.hashCode();
  }

  /** The reference. */
  @Override
  public String toString() {
    return reference;
  }
}
