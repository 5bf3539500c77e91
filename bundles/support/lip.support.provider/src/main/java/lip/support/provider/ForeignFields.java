package lip.support.provider;

import java.util.Set;
import lip.api.Dialect;
import lip.api.Extensions;
import lip.sdk.fidelity.Fidelity;

/**
 * Fields of other dialects: a backend cannot know what they mean, so it says that they are lost.
 */
public final class ForeignFields {
  /** Why such a field is lost. */
  public static final String REASON = "only its own dialect knows it";

  private ForeignFields() {}

  /** Whether all fields are of one dialect, which costs nothing to find out. */
  public static boolean none(Extensions fields, Dialect own) {
    return fields.isEmpty()
        || (fields.byDialect().size() == 1 && fields.byDialect().containsKey(own));
  }

  /**
   * Reports the fields of all dialects but one, as {@code dialect:place.name}.
   *
   * @param where place with a dot, such as {@code tool.}; empty = the request itself
   * @param but names that stand for what the call says in its own words
   */
  public static void lost(
      Fidelity to, Extensions fields, Dialect own, String where, Set<String> but) {
    if (none(fields, own)) {
      return;
    }
    fields
        .byDialect()
        .forEach((dialect, named) -> {
          if (!dialect.equals(own)) {
            for (String name : named.sequencedKeySet()) {
              if (!but.contains(name)) {
                to.lost(dialect.id() + ":" + where + name, REASON);
              }
            }
          }
        });
  }

  /** Reports the fields of all dialects but one. */
  public static void lost(Fidelity to, Extensions fields, Dialect own, String where) {
    lost(to, fields, own, where, Set.of());
  }
}
