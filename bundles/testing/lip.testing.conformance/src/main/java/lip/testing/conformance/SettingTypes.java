package lip.testing.conformance;

import java.lang.reflect.Type;

/** The types that a setting may have. */
public final class SettingTypes {
  private SettingTypes() {}

  /** Whether the core can fill a setting of this type from text. */
  public static boolean readable(Type type) {
    return SettingValue.readable(type);
  }
}
