package lip.sdk.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds of a setting, both included, in the setting's own grammar ({@code 1s}, {@code 64MiB},
 * {@code 5}). Needed because metatype checks ranges of numbers only.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Range {
  /** Least value; empty = no bound. */
  String min() default "";

  /** Greatest value; empty = no bound. */
  String max() default "";

  /** Whether the least value itself is refused ("more than 0"). */
  boolean aboveMin() default false;
}
