package lip.core.instances;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import lip.core.snapshot.Family;
import lip.sdk.backend.Backend;
import lip.sdk.feature.Contribution;
import lip.sdk.feature.Feature;
import lip.sdk.feature.StageId;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.Frontend;
import lip.sdk.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What an instance brings into the snapshot, checked before it is in: the snapshot is of all, and
 * what is malformed in it would meet everybody's requests.
 *
 * @param claims routes of a frontend
 * @param contributions handlers of a feature
 */
record Offer(List<Claim> claims, List<Contribution> contributions) {
  /** Each handler is run for each request; more of them is a mistake. */
  static final int MOST = 256;

  private static final int MOST_PATTERN = 1024;

  private static final Set<StageId> OF_CALLS =
      Set.of(
          StageId.SECRET_GUARD,
          StageId.SUBMIT_REQUEST,
          StageId.TOOL_CATALOG_FILTER,
          StageId.REQUEST_WIDE_SHAPING);
  private static final Set<StageId> OF_STREAMS =
      Set.of(StageId.TOOL_EVENT_REACTION, StageId.STREAM_EVENT_MUTATION);

  /**
   * Asks an instance. Plugin code runs here, the caller isolates it.
   *
   * @param made what the kind made; a kind may lie about its type, or give nothing
   * @throws IllegalStateException saying what is wrong
   */
  static Offer of(Family family, @Nullable AutoCloseable made) {
    if (made == null) {
      throw new IllegalStateException("create gave nothing");
    }
    Class<?> type =
        switch (family) {
          case FRONTEND -> Frontend.class;
          case BACKEND -> Backend.class;
          case FEATURE -> Feature.class;
          case STORE -> Store.class;
        };
    if (!type.isInstance(made)) {
      throw new IllegalStateException(
          "create gave no " + type.getSimpleName().toLowerCase(Locale.ROOT));
    }
    return new Offer(
        made instanceof Frontend frontend ? claims(frontend) : List.of(),
        made instanceof Feature feature ? contributions(feature) : List.of());
  }

  private static List<Claim> claims(Frontend frontend) {
    List<Claim> claims = copy("claims", frontend.claims());
    claims.forEach(Offer::check);
    return claims;
  }

  private static List<Contribution> contributions(Feature feature) {
    List<Contribution> contributions = copy("contributions", feature.contributions());
    contributions.forEach(Offer::check);
    return contributions;
  }

  /** Copied once: a plugin's list may say something else each time. */
  @SuppressWarnings("unchecked") // A plugin may give null for both, whatever its signature says.
  private static <T> List<T> copy(String what, @Nullable List<T> given) {
    if (given == null) {
      throw new IllegalStateException(what + " are null");
    }
    Object[] all = given.toArray();
    for (Object one : all) {
      if (one == null) {
        throw new IllegalStateException("null among the " + what);
      }
    }
    if (all.length > MOST) {
      throw new IllegalStateException(all.length + " " + what + "; at most " + MOST);
    }
    return (List<T>) (List<?>) List.of(all);
  }

  private static void check(Claim claim) {
    if (claim.method() == null || !claim.method().matches("[A-Z]{1,20}")) {
      throw new IllegalStateException("a claim's method is " + claim.method());
    }
    if (claim.pattern() == null || !wellFormed(claim.pattern())) {
      throw new IllegalStateException("a claim's pattern is " + claim.pattern());
    }
    Claim.HeaderCondition when = claim.when();
    if (when != null && (when.name() == null || when.prefix() == null)) {
      throw new IllegalStateException("a claim's condition is " + when);
    }
  }

  /** A slash, then segments as {@link Claim} has them. */
  private static boolean wellFormed(String pattern) {
    if (!pattern.startsWith("/") || pattern.length() > MOST_PATTERN) {
      return false;
    }
    String[] segments = pattern.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      boolean rest = i == segments.length - 1 && segment.matches("\\{[^{}]+\\.\\.\\.}");
      if (!rest && !segment.matches("[^{}]*|\\{[^{}.]+}[^{}]*")) {
        return false;
      }
    }
    return true;
  }

  private static void check(Contribution contribution) {
    boolean whole =
        switch (contribution) {
          case Contribution.OnCall c -> c.handler() != null && in(OF_CALLS, c.stage());
          case Contribution.Admit c -> c.handler() != null;
          case Contribution.Hint c -> c.handler() != null;
          case Contribution.OnAttempt c -> c.handler() != null;
          case Contribution.OnStream c -> c.handler() != null && in(OF_STREAMS, c.stage());
          case Contribution.Other c ->
              throw new IllegalStateException(
                  "this core does not know the stage handler " + c.type());
        };
    if (!whole || contribution.failure() == null) {
      throw new IllegalStateException(
          "a contribution lacks its handler, its policy or a stage that is its own: "
              + contribution.getClass().getSimpleName()
              + " at "
              + contribution.stage());
    }
  }

  private static boolean in(Set<StageId> stages, @Nullable StageId stage) {
    return stage != null && stages.contains(stage);
  }
}
