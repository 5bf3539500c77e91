package lip.testing.conformance.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lip.sdk.InvalidSettings;
import lip.sdk.Kind;
import lip.sdk.Privilege;
import lip.testing.conformance.SettingTypes;
import lip.testing.conformance.TestInstance;
import lip.testing.conformance.TestSettings;
import lip.testing.conformance.Waiting;
import org.junit.jupiter.api.Test;

/**
 * What the core relies on in a kind.
 *
 * @param <S> settings interface
 * @param <T> what an instance is
 */
public interface KindContract<S, T extends AutoCloseable> {
  /** Keys of every instance that the core reads itself. */
  Set<String> COMMON = Set.of("enabled", "order", "name", "default.model");

  /** The kind. */
  Kind<S, T> kind();

  /** Settings that are right; empty = all defaults. */
  default Map<String, String> valid() {
    return Map.of();
  }

  /** Settings that {@code create} must refuse, by the key it must name; empty = it refuses none. */
  default Map<String, Map<String, String>> invalid() {
    return Map.of();
  }

  /** The id is what file names, routes and the inventory can show. */
  @Test
  default void theIdIsLowerCaseWordsWithDashes() {
    assertThat(kind().id()).matches("[a-z0-9]+(-[a-z0-9]+)*").hasSizeLessThanOrEqualTo(64);
    assertThat(kind().id()).isEqualTo(kind().id());
  }

  /** Each method of the settings type is a key that a text can fill. */
  @Test
  default void theSettingsAreAnInterfaceOfReadableTypes() {
    Class<S> type = kind().settings();
    assertThat(type.isInterface()).as(type + " is an interface").isTrue();
    for (Method method : type.getMethods()) {
      if (method.isDefault()) {
        continue;
      }
      assertThat(method.getParameterCount()).as(method + " has no parameter").isZero();
      assertThat(SettingTypes.readable(method.getGenericReturnType()))
          .as(method + " has a type that settings may have")
          .isTrue();
    }
    assertThat(TestSettings.keys(type).keySet())
        .as("keys are dotted lower case; of the core's own only order may have another default")
        .allMatch(key -> key.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*"))
        .doesNotContain("enabled", "name", "default.model");
  }

  /** Declared defaults can be read. */
  @Test
  default void theDefaultsOfTheSettingsAreValid() {
    assertThatCode(() -> TestSettings.of(kind().settings(), valid())).doesNotThrowAnyException();
  }

  /** Default settings depend on the environment only, and are made of known keys. */
  @Test
  default void defaultInstancesAreDescribedQuicklyAndWithoutEffect() throws Exception {
    Kind<S, T> kind = kind();
    Optional<Map<String, String>> empty =
        Waiting.begin(() -> kind.defaults(name -> Optional.empty())).result();
    assertThat(kind.defaults(name -> Optional.empty())).isEqualTo(empty);
    Optional<Map<String, String>> full =
        Waiting.begin(() -> kind.defaults(name -> Optional.of("value-of-" + name))).result();
    for (Optional<Map<String, String>> some : java.util.List.of(empty, full)) {
      Set<String> keys = new HashSet<>(some.orElse(Map.of()).keySet());
      keys.removeAll(TestSettings.keys(kind.settings()).keySet());
      assertThat(COMMON).as("keys of the default instance").containsAll(keys);
      assertThat(some.orElse(Map.of()).toString())
          .as("a default names a secret by its reference, never by its value")
          .doesNotContain("value-of-");
    }
  }

  /** Privileges are words. */
  @Test
  default void privilegesAreLowerCaseWords() {
    assertThat(kind().privileges()).extracting(Privilege::id).allMatch(id -> id.matches("[a-z_]+"));
  }

  /** {@code create} starts no thread, and what it made can be closed without having served. */
  @Test
  default void createOpensNothing() throws Exception {
    Kind<S, T> kind = kind();
    S settings = TestSettings.of(kind.settings(), valid());
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    T instance = kind.create(TestInstance.of(kind.id()), settings);
    Set<Thread> more = new HashSet<>(Thread.getAllStackTraces().keySet());
    more.removeAll(before);
    more.removeIf(thread -> thread.getThreadGroup() == null || thread.isDaemon());
    assertThat(more).as("threads that create has started").isEmpty();
    instance.close();
  }

  /** A new instance is made while the old one still serves. */
  @Test
  default void twoInstancesStandBesideEachOther() throws Exception {
    Kind<S, T> kind = kind();
    T old = kind.create(TestInstance.of(kind.id()), TestSettings.of(kind.settings(), valid()));
    T young = kind.create(TestInstance.of(kind.id()), TestSettings.of(kind.settings(), valid()));
    assertThat(young).isNotSameAs(old);
    old.close();
    young.close();
  }

  /** What cannot work is refused with the key, and never by another exception. */
  @Test
  default void settingsThatCannotWorkAreRefusedByKey() {
    new TreeMap<>(invalid())
        .forEach((key, values) -> {
          S settings = TestSettings.of(kind().settings(), values);
          assertThatExceptionOfType(InvalidSettings.class)
              .as("settings " + values)
              .isThrownBy(() -> kind().create(TestInstance.of(kind().id()), settings))
              .satisfies(e -> assertThat(e.key()).isEqualTo(key))
              .satisfies(e -> assertThat(e.reason()).isNotBlank());
        });
  }
}
