package lip.testing.conformance;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lip.sdk.secret.Secret;
import lip.sdk.settings.ByteSize;

/** Values of settings, from text. */
final class SettingValue {
  private static final Set<Class<?>> SIMPLE =
      Set.of(
          String.class,
          boolean.class,
          int.class,
          long.class,
          double.class,
          Boolean.class,
          Integer.class,
          Long.class,
          Double.class,
          Duration.class,
          ByteSize.class,
          Secret.class,
          URI.class,
          Path.class);

  private static final Pattern DURATION_PART =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|d|h|m|s)");

  private static final Map<String, BigDecimal> UNITS =
      Map.of(
          "ms", BigDecimal.valueOf(1_000_000L),
          "s", BigDecimal.valueOf(1_000_000_000L),
          "m", BigDecimal.valueOf(60_000_000_000L),
          "h", BigDecimal.valueOf(3_600_000_000_000L),
          "d", BigDecimal.valueOf(86_400_000_000_000L));

  private SettingValue() {}

  /** Whether the core can fill a setting of this type. */
  static boolean readable(Type type) {
    Type inner = inner(type);
    return inner instanceof Class<?> simple && (SIMPLE.contains(simple) || simple.isEnum());
  }

  static boolean mayBeAbsent(Type type) {
    return isOptional(type) || isList(type);
  }

  static Object absent(Type type) {
    if (isOptional(type)) {
      return Optional.empty();
    }
    if (isList(type)) {
      return List.of();
    }
    return type instanceof Class<?> raw && raw.isPrimitive()
        ? Array.get(Array.newInstance(raw, 1), 0)
        : "";
  }

  static Object read(String text, Type type, Secret.Source secrets) {
    if (isOptional(type)) {
      return text.isBlank()
          ? Optional.empty()
          : Optional.of(one(text.strip(), inner(type), secrets));
    }
    if (isList(type)) {
      List<Object> list = new ArrayList<>();
      for (String element : text.split(",", -1)) {
        if (!element.isBlank()) {
          list.add(one(element.strip(), inner(type), secrets));
        }
      }
      return List.copyOf(list);
    }
    return one(text, type, secrets);
  }

  private static Object one(String text, Type type, Secret.Source secrets) {
    if (!(type instanceof Class<?> simple) || !readable(type)) {
      throw new IllegalArgumentException("a setting cannot have the type " + type);
    }
    return switch (simple.getSimpleName()) {
      case "String" -> text;
      case "boolean", "Boolean" -> bool(text);
      case "int", "Integer" -> Integer.valueOf(text);
      case "long", "Long" -> Long.valueOf(text);
      case "double", "Double" -> Double.valueOf(text);
      case "Duration" -> duration(text);
      case "ByteSize" -> ByteSize.parse(text);
      case "Secret" -> new Secret(text, secrets);
      case "URI" -> URI.create(text);
      case "Path" -> Path.of(text);
      default -> constant(text, simple);
    };
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("write true or false");
    };
  }

  private static Duration duration(String text) {
    Matcher part = DURATION_PART.matcher(text);
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (part.find(at) && part.start() == at) {
      BigDecimal unit = UNITS.getOrDefault(part.group(2), BigDecimal.ZERO);
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
      at = part.end();
    }
    if (at == 0 || at < text.length()) {
      throw new IllegalArgumentException("not a duration; write 30s or 1h30m");
    }
    return Duration.ofNanos(nanos.longValue());
  }

  private static Object constant(String text, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      // As the core reads it: a constant LM_STUDIO is lm-studio in files.
      if (((Enum<?>) constant).name().equalsIgnoreCase(text.replace('-', '_'))) {
        return constant;
      }
    }
    throw new IllegalArgumentException("not one of " + List.of(type.getEnumConstants()));
  }

  private static boolean isOptional(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
  }

  private static boolean isList(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == List.class;
  }

  private static Type inner(Type type) {
    return isOptional(type) || isList(type)
        ? ((ParameterizedType) type).getActualTypeArguments()[0]
        : type;
  }
}
