package lip.testing.conformance;

/** Names of keys, as OSGi's component property types have them. */
final class SettingKey {
  private SettingKey() {}

  /** {@code dial_timeout} is {@code dial.timeout}, {@code a__b} is {@code a_b}. */
  static String ofMethod(String method) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < method.length(); i++) {
      char c = method.charAt(i);
      boolean twice = i + 1 < method.length() && method.charAt(i + 1) == c;
      if (c == '_') {
        key.append(twice ? '_' : '.');
        i += twice ? 1 : 0;
      } else if (method.startsWith("$_$", i)) {
        key.append('-');
        i += 2;
      } else if (c == '$') {
        key.append(twice ? "$" : "");
        i += twice ? 1 : 0;
      } else {
        key.append(c);
      }
    }
    return key.toString();
  }
}
