package lip.testing.badplugins;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sources of a plugin that is wrong in one place: a kind whose methods are fine but for those that
 * are replaced.
 *
 * @param name last part of package and symbolic name
 * @param family {@code Backend}, {@code Frontend} or {@code Feature}
 * @param bodies bodies of methods that are replaced, by name: id, defaults, create, claims,
 *     contributions, defaultModel, modelPrefixes
 */
record Misfit(String name, String family, Map<String, String> bodies) {
  Misfit {
    bodies = Map.copyOf(bodies);
  }

  /** Wrong in one method. */
  static Misfit of(String name, String family, String method, String body) {
    return new Misfit(name, family, Map.of(method, body));
  }

  /** By file name. */
  Map<String, String> sources() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "Settings.java",
        """
        package lip.test.%s;
        import org.osgi.service.metatype.annotations.ObjectClassDefinition;
        @ObjectClassDefinition(factoryPid = "lip.test.%s", name = "Misfit")
        public interface Settings {}
        """
            .formatted(name, name));
    files.put("MisfitKind.java", kind());
    return files;
  }

  private String body(String method, String good) {
    return bodies.getOrDefault(method, good);
  }

  private String kind() {
    return """
    package lip.test.%s;
    import java.util.*;
    import lip.api.capability.*;
    import lip.api.event.*;
    import lip.api.failure.Failure;
    import lip.sdk.*;
    import lip.sdk.backend.*;
    import lip.sdk.feature.*;
    import lip.sdk.frontend.*;
    import lip.sdk.http.Headers;
    import org.osgi.service.component.annotations.*;

    @Component(service = %sKind.class)
    public final class MisfitKind implements %sKind<Settings> {
      @Activate public MisfitKind() {}
      @Override public String id() { %s }
      @Override public Class<Settings> settings() { return Settings.class; }
      @Override public Optional<Map<String, String>> defaults(Environment environment) { %s }
    %s
      @Override public %s create(Instance instance, Settings settings) { %s }
    %s
    }
    """
        .formatted(
            name,
            family,
            family,
            body("id", "return \"" + name + "\";"),
            body("defaults", "return Optional.of(Map.of());"),
            ofKind(),
            family,
            body("create", "return new Made();"),
            made());
  }

  private String ofKind() {
    return family.equals("Backend")
        ? "@Override public String defaultModel() { %s }\n@Override public List<String> modelPrefixes() { %s }"
            .formatted(
                body("defaultModel", "return \"m\";"), body("modelPrefixes", "return List.of();"))
        : "";
  }

  private String made() {
    String members =
        switch (family) {
          case "Backend" ->
              """
              @Override public EventStream open(Attempt attempt) { throw new IllegalStateException(); }
              @Override public Capabilities capabilities(String model) { return Capabilities.of(); }
              """;
          case "Frontend" ->
              """
              @Override public List<Claim> claims() { %s }
              @Override public void handle(Exchange exchange, Calls calls) {
                exchange.respond(200, Headers.NONE, "misfit".getBytes()); }
              @Override public ErrorReply render(Failure failure) {
                return new ErrorReply(500, Headers.NONE, new byte[0]); }
              """
                  .formatted(
                      body("claims", "return List.of(Claim.of(\"POST\", \"/" + name + "\"));"));
          default ->
              "@Override public List<Contribution> contributions() { %s }"
                  .formatted(body("contributions", "return List.of();"));
        };
    return "static final class Made implements %s {%n%s%n}".formatted(family, members);
  }
}
