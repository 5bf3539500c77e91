package lip.sdk;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of plugin: a Declarative Services component without configuration. The core finds it by
 * its service interface ({@code BackendKind}, {@code FrontendKind}, ...), reads its settings type
 * from the bundle's metatype, and makes the instances.
 *
 * @param <S> settings interface, annotated with {@code @ObjectClassDefinition(factoryPid = ...)}; a
 *     method {@code dial_timeout} is the key {@code dial.timeout}. Types: String, boolean, int,
 *     long, double, enum, Duration, ByteSize, Secret, URI, Path, and List or Optional of them
 * @param <T> what an instance is
 */
@ConsumerType
public interface Kind<S, T extends AutoCloseable> {
  /** Id, also the name of the default instance: lower case, digits, dashes. */
  String id();

  /** The settings interface. */
  Class<S> settings();

  /** What the instances may do beyond translating; shown in the inventory. */
  default Set<Privilege> privileges() {
    return Set.of();
  }

  /**
   * Settings of the default instance, which then lives without a configuration file. Called again
   * when nothing but the file is gone; must be quick and without side effect.
   *
   * @return empty = no default instance
   */
  default Optional<Map<String, String>> defaults(Environment environment) {
    return Optional.empty();
  }

  /**
   * Makes an instance: checks and wires, opens nothing, starts nothing. Called on a thread of the
   * instance; may be called for a new instance while the old one still serves. {@code close()} of
   * the result is called once, when its last request has ended, or at the drain limit.
   *
   * @throws InvalidSettings naming the key; then the instance that runs stays in force
   */
  T create(Instance instance, S settings) throws InvalidSettings;
}
