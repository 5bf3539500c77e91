package lip.core.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lip.sdk.secret.Secret;

/** Texts to values, by the type that the settings interface names. */
final class ValueReader {
  private final Path home;
  private final Secret.Source secrets;

  ValueReader(Path home, Secret.Source secrets) {
    this.home = home;
    this.secrets = secrets;
  }

  /** Whether an absent value is a value of the type. */
  static boolean hasEmpty(Type type) {
    Class<?> raw = raw(type);
    return raw == Optional.class || raw == Map.class || raw.isAssignableFrom(List.class);
  }

  /** The value of an absent key whose type allows that. */
  static Object empty(Type type) {
    Class<?> raw = raw(type);
    return raw == Optional.class ? Optional.empty() : raw == Map.class ? Map.of() : List.of();
  }

  /** The class of a type. */
  static Class<?> raw(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : type instanceof Class<?> plain ? plain : Object.class;
  }

  /** The type inside a list or optional, else the type itself. */
  static Type element(Type type) {
    return type instanceof ParameterizedType generic && hasEmpty(type) && raw(type) != Map.class
        ? generic.getActualTypeArguments()[0]
        : type;
  }

  /** Reads a text that is not empty. */
  Object read(Type type, String text) throws BadValue {
    Class<?> raw = raw(type);
    if (raw == Optional.class) {
      return Optional.of(read(element(type), text));
    }
    if (raw == Map.class) {
      return map(text);
    }
    if (hasEmpty(type)) {
      List<Object> elements = new ArrayList<>();
      for (String element : ListText.split(text)) {
        elements.add(read(element(type), element));
      }
      return List.copyOf(elements);
    }
    return single(raw, text);
  }

  private Object single(Class<?> type, String text) throws BadValue {
    if (type == String.class) {
      return text;
    } else if (type == boolean.class || type == Boolean.class) {
      return bool(text);
    } else if (type == int.class || type == Integer.class) {
      return (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == long.class || type == Long.class) {
      return whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == double.class || type == Double.class) {
      return number(text);
    } else if (type.isEnum()) {
      return choice(type, text);
    } else if (type == Duration.class) {
      return Durations.parse(text);
    } else if (type == URI.class) {
      return uri(text);
    } else if (type == Path.class) {
      return path(text);
    } else if (type == Secret.class) {
      return secret(text);
    }
    return parsed(type, text);
  }

  private static boolean bool(String text) throws BadValue {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new BadValue("neither true nor false", "true, false");
    };
  }

  private static long whole(String text, long min, long max) throws BadValue {
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max && text.charAt(0) != '+') {
        return value;
      }
    } catch (NumberFormatException _) {
      // Told below, as a number out of range is.
    }
    throw new BadValue(
        "not a whole number", min == Integer.MIN_VALUE ? "-2147483648..2147483647" : "digits");
  }

  private static double number(String text) throws BadValue {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value) && !text.matches(".*[a-df-zA-DF-Z].*")) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new BadValue("not a number", "such as 0.5");
  }

  /** Case does not count, a dash is an underscore. */
  static String normal(String choice) {
    return choice.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  private static Object choice(Class<?> type, String text) throws BadValue {
    for (Object constant : type.getEnumConstants()) {
      if (normal(((Enum<?>) constant).name()).equals(normal(text))) {
        return constant;
      }
    }
    throw new BadValue(
        "not one of the choices",
        Arrays.stream(type.getEnumConstants())
            .map(constant -> normal(((Enum<?>) constant).name()))
            .collect(Collectors.joining(", ")));
  }

  private static URI uri(String text) throws BadValue {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw new BadValue("not a URL", "such as https://host/path");
    }
  }

  private Path path(String text) throws BadValue {
    try {
      return home.resolve(text).normalize();
    } catch (InvalidPathException _) {
      throw new BadValue("not a path", "a path relative to the distribution folder, with /");
    }
  }

  private Secret secret(String text) throws BadValue {
    if (!SecretReferences.isReference(text)) {
      throw BadValue.secret("");
    }
    return new Secret(text, secrets);
  }

  private static Map<String, String> map(String text) throws BadValue {
    Map<String, String> map = new LinkedHashMap<>();
    for (String element : ListText.split(text)) {
      int equals = element.indexOf('=');
      String name = equals < 0 ? "" : element.substring(0, equals).strip();
      if (name.isEmpty()) {
        throw new BadValue("not a list of name=value", "a=1, b=2");
      }
      if (map.put(name, element.substring(equals + 1).strip()) != null) {
        throw new BadValue("a name stands twice", null);
      }
    }
    return Collections.unmodifiableMap(map);
  }

  /**
   * Value types bring their own grammar: a public static {@code parse(String)} that throws
   * IllegalArgumentException.
   */
  private static Object parsed(Class<?> type, String text) throws BadValue {
    try {
      Method parse = type.getMethod("parse", String.class);
      if (Modifier.isStatic(parse.getModifiers()) && type.isAssignableFrom(parse.getReturnType())) {
        return parse.invoke(null, text);
      }
    } catch (InvocationTargetException e) {
      String said =
          e.getCause() instanceof IllegalArgumentException ? e.getCause().getMessage() : null;
      throw new BadValue(said == null ? "not a " + type.getSimpleName() : said, null);
    } catch (ReflectiveOperationException _) {
      // Told below.
    }
    throw new BadValue("settings cannot have the type " + type.getName(), null);
  }

  /** Whether a type can be read at all. */
  static boolean readable(Type type) {
    Class<?> raw = raw(element(type));
    return raw == String.class
        || raw.isPrimitive()
        || List.of(
                Boolean.class,
                Integer.class,
                Long.class,
                Double.class,
                Duration.class,
                URI.class,
                Path.class,
                Secret.class,
                Map.class)
            .contains(raw)
        || raw.isEnum()
        || (!Collection.class.isAssignableFrom(raw) && hasParse(raw));
  }

  private static boolean hasParse(Class<?> type) {
    try {
      return Modifier.isStatic(type.getMethod("parse", String.class).getModifiers());
    } catch (NoSuchMethodException _) {
      return false;
    }
  }
}
