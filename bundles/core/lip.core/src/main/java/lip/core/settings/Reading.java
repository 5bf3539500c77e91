package lip.core.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.core.gateway.ConfigurationCheck.Finding;
import lip.sdk.secret.Secret;
import lip.sdk.secret.SecretUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the texts of a configuration; gathers everything that is wrong with it, not only
 * the first thing.
 */
public final class Reading {
  private final @Nullable String file;
  private final String subject;
  private final Map<String, String> texts;
  private final SecretReferences secrets;
  private final ValueReader reader;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> unresolved = new ArrayList<>();

  /**
   * A pass.
   *
   * @param file file for the messages; null = none
   * @param subject PID, or the instance's name: part of the advice where to put a secret
   * @param texts values as written
   * @param secrets resolver
   * @param home folder of relative paths
   */
  public Reading(
      @Nullable String file,
      String subject,
      Map<String, String> texts,
      SecretReferences secrets,
      Path home) {
    this.file = file;
    this.subject = subject;
    this.texts = texts;
    this.secrets = secrets;
    this.reader = new ValueReader(home, secrets);
  }

  /** Everything said so far. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** Whether something is refused. */
  public boolean refused() {
    return findings.stream().anyMatch(Finding::error);
  }

  /** Secrets whose references lead to nothing now; the texts name the references only. */
  public List<String> unresolved() {
    return List.copyOf(unresolved);
  }

  /** Adds what somebody else found about a key. */
  public void refuse(@Nullable String key, String reason, @Nullable String allowed) {
    findings.add(new Finding(true, file, key, null, reason, allowed));
  }

  /** Adds what a kind or target found about a key, with the value when that is no secret. */
  public void refuse(
      @Nullable String key,
      String reason,
      @Nullable String allowed,
      Collection<String> secretKeys) {
    String text = key == null ? null : texts.get(key);
    boolean shown =
        text != null
            && !text.isEmpty()
            && (!secretKeys.contains(key) || SecretReferences.isReference(text));
    findings.add(
        new Finding(
            true, file, key, shown && text != null ? Shown.value(text) : null, reason, allowed));
  }

  /** Refuses keys that are none of the known. */
  public void refuseUnknown(Collection<String> known) {
    for (String key : texts.keySet()) {
      if (!known.contains(key)) {
        Optional<String> near = KeyNames.nearest(key, known);
        // The value stays out: who knows what was meant to be secret.
        refuse(
            Shown.value(key),
            "unknown key" + near.map(name -> "; did you mean " + name + "?").orElse(""),
            near.isPresent() ? null : String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  /** Reads one key; empty when it is refused. */
  Optional<Object> read(SettingsType.Key key) {
    String text = texts.getOrDefault(key.name(), "").strip();
    boolean given = !text.isEmpty();
    String effective = given ? text : key.defaultText();
    if (effective.isEmpty()) {
      if (key.declared().required() && !ValueReader.hasEmpty(key.type())) {
        refuse(key.name(), "required", null);
        return Optional.empty();
      }
      return Optional.of(key.absent());
    }
    try {
      checkOptions(key, effective);
      Object value = reader.read(key.type(), effective);
      String said = key.declared().numbers().apply(effective);
      if (said != null && value instanceof Number) {
        throw new BadValue(said, null);
      }
      Limits.check(reader, key.type(), value, key.range());
      resolve(key, value);
      return Optional.of(value);
    } catch (BadValue e) {
      if (e.hidden()) {
        refuse(key.name(), literal(key.name()), null);
      } else {
        findings.add(
            new Finding(
                true,
                given ? file : "(default)",
                key.name(),
                Shown.value(effective),
                e.reason(),
                e.allowed()));
      }
      return Optional.empty();
    }
  }

  private static void checkOptions(SettingsType.Key key, String text) throws BadValue {
    List<String> options = key.declared().options();
    if (ValueReader.raw(key.type()) == String.class
        && !options.isEmpty()
        && options.stream()
            .noneMatch(o -> ValueReader.normal(o).equals(ValueReader.normal(text)))) {
      throw new BadValue("not one of the choices", String.join(", ", options));
    }
  }

  private void resolve(SettingsType.Key key, Object value) {
    switch (value) {
      case Secret secret -> {
        try {
          secret.reveal();
          secrets
              .warning(secret.reference())
              .ifPresent(
                  said -> findings.add(new Finding(false, file, key.name(), null, said, null)));
        } catch (SecretUnavailable e) {
          unresolved.add(key.name() + ": " + e.getMessage());
        }
      }
      case Optional<?> maybe -> maybe.ifPresent(inner -> resolve(key, inner));
      case List<?> several -> several.forEach(inner -> resolve(key, inner));
      default -> {}
    }
  }

  private String literal(String key) {
    String name = subject.substring(subject.lastIndexOf('.') + 1);
    return "this setting takes a reference, not the secret itself. Put the secret into"
        + " config/secrets/"
        + name
        + " (mode 0600) and write "
        + key
        + " = secret:"
        + name
        + ", or use env:NAME or file:PATH. The literal is not repeated.";
  }
}
