package lip.core.routing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lip.api.Limits;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.core.routing.Candidate.Reason;
import lip.core.routing.Field.Known;
import org.jspecify.annotations.Nullable;

/**
 * The rules of "which backend", first that applies: the selector; the model when the text before
 * its first colon is a live instance or kind; an inventory that lists the model; the kind that the
 * start of the name belongs to; the default route. One candidate.
 */
public final class FirstRuleThatApplies implements Planner {
  @Override
  public List<Candidate> plan(Ask ask, Field field) throws Unroutable {
    String model = checked(ask.model());
    if (ask.selector() != null) {
      return List.of(bySelector(Selector.parse(ask.selector()), model, ask, field));
    }
    if (model == null) {
      return List.of(byDefault(null, true, ask, field));
    }
    Candidate named = byName(model, Reason.MODEL_PREFIX, field);
    if (named == null) {
      named = byModel(model, field);
    }
    return List.of(named == null ? byDefault(model, true, ask, field) : named);
  }

  private static @Nullable String checked(@Nullable String model) throws Unroutable {
    if (model == null || model.isBlank()) {
      return null;
    }
    if (model.length() > Limits.MODEL) {
      throw new Unroutable(
          Failure.builder(
                  FailureClass.INVALID_REQUEST,
                  "the model name is longer than " + Limits.MODEL + " characters")
              .param("model")
              .build());
    }
    for (int i = 0; i < model.length(); i++) {
      if (Character.isISOControl(model.charAt(i))) {
        throw new Unroutable(
            Failure.builder(
                    FailureClass.INVALID_REQUEST,
                    "the model name has a control character at position " + i)
                .param("model")
                .build());
      }
    }
    return model;
  }

  private static Candidate bySelector(
      Selector selector, @Nullable String model, Ask ask, Field field) throws Unroutable {
    if (selector.colon() && selector.tail().isEmpty()) {
      throw Selector.invalid("the route selector names no model behind the colon");
    }
    if (selector.colon() && !selector.head().isEmpty()) {
      Optional<Known> backend = find(selector.head(), field);
      if (backend.isPresent()) {
        return new Candidate(backend.get().id(), selector.tail(), Reason.SELECTOR);
      }
      // A colon may also be part of a model's own name, as in llama3:8b.
      Candidate listed = byInventory(selector.head() + ":" + selector.tail(), field);
      if (listed == null) {
        throw unknown(selector.head(), field);
      }
      return new Candidate(listed.backendId(), listed.model(), Reason.SELECTOR);
    }
    String name = selector.colon() ? selector.tail() : selector.head();
    Optional<Known> backend = selector.colon() ? Optional.empty() : find(name, field);
    if (backend.isPresent()) {
      return new Candidate(
          backend.get().id(), ownModel(model, backend.get(), field), Reason.SELECTOR);
    }
    Candidate found = byModel(name, field);
    if (found == null) {
      found = byDefault(name, false, ask, field);
    }
    return new Candidate(found.backendId(), found.model(), Reason.SELECTOR);
  }

  /** The client's model at a backend that was chosen otherwise: without the name of another one. */
  private static String ownModel(@Nullable String model, Known backend, Field field) {
    if (model == null) {
      return backend.defaultModel();
    }
    Selector named = Selector.split(model);
    boolean prefixed =
        named.colon() && !named.tail().isEmpty() && find(named.head(), field).isPresent();
    return prefixed ? named.tail() : model;
  }

  private static @Nullable Candidate byName(String model, Reason reason, Field field)
      throws Unroutable {
    Selector named = Selector.split(model);
    Optional<Known> backend = named.colon() ? find(named.head(), field) : Optional.empty();
    if (backend.isEmpty()) {
      return null;
    }
    if (named.tail().isEmpty()) {
      throw new Unroutable(
          Failure.builder(
                  FailureClass.INVALID_REQUEST,
                  "model \"" + Shown.text(model) + "\" names no model behind the colon")
              .param("model")
              .build());
    }
    return new Candidate(backend.get().id(), named.tail(), reason);
  }

  private static @Nullable Candidate byModel(String model, Field field) {
    Candidate listed = byInventory(model, field);
    return listed == null ? byKindPrefix(model, field) : listed;
  }

  private static @Nullable Candidate byInventory(String model, Field field) {
    for (Known backend : field.backends()) {
      if (field.lists(backend.id(), model)) {
        return new Candidate(backend.id(), model, Reason.INVENTORY);
      }
    }
    return null;
  }

  private static @Nullable Candidate byKindPrefix(String model, Field field) {
    for (Known backend : field.backends()) {
      for (String prefix : backend.modelPrefixes()) {
        if (!prefix.isEmpty() && model.startsWith(prefix)) {
          return new Candidate(backend.id(), model, Reason.KIND_PREFIX);
        }
      }
    }
    return null;
  }

  private static Candidate byDefault(
      @Nullable String model, boolean replaceable, Ask ask, Field field) throws Unroutable {
    if (field.backends().isEmpty()) {
      throw new Unroutable(Failure.of(FailureClass.UNAVAILABLE, "no backend is live"));
    }
    if (ask.defaultRoute() == null || ask.defaultRoute().isBlank()) {
      Known first = field.backends().getFirst();
      return new Candidate(
          first.id(), model == null ? first.defaultModel() : model, Reason.FIRST_BACKEND);
    }
    Selector route = Selector.split(ask.defaultRoute().strip());
    Known backend =
        find(route.head(), field)
            .orElseThrow(() ->
                new Unroutable(
                    Failure.of(
                        FailureClass.UNAVAILABLE,
                        "the default route names backend \""
                            + Shown.text(route.head())
                            + "\", which is not live")));
    boolean named = !route.tail().isEmpty() && (replaceable || model == null);
    String routed = model == null ? backend.defaultModel() : model;
    return new Candidate(backend.id(), named ? route.tail() : routed, Reason.DEFAULT_ROUTE);
  }

  /** An instance by its id, else the first instance of a kind. */
  private static Optional<Known> find(String name, Field field) {
    for (Known backend : field.backends()) {
      if (backend.id().equals(name)) {
        return Optional.of(backend);
      }
    }
    for (Known backend : field.backends()) {
      if (backend.kind().equals(name)) {
        return Optional.of(backend);
      }
    }
    return Optional.empty();
  }

  private static Unroutable unknown(String name, Field field) {
    String live =
        field.backends().stream().map(Known::id).limit(50).collect(Collectors.joining(", "));
    return new Unroutable(
        Failure.builder(
                FailureClass.NOT_FOUND,
                "unknown backend \""
                    + Shown.text(name)
                    + "\"; live backends: "
                    + (live.isEmpty() ? "none" : live))
            .param("X-LIP-Route")
            .build());
  }
}
