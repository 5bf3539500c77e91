package lip.backend.openai.legacy.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The texts of a profile: those of {@link Server#COMPATIBLE}, over them those of the server, over
 * them the operator's.
 */
final class Values {
  private final Map<String, String> texts;

  private Values(Map<String, String> texts) {
    this.texts = texts;
  }

  static Values of(Server server, Map<String, String> changes) throws BadProfile {
    Map<String, String> texts = new TreeMap<>(file(Server.COMPATIBLE));
    put(texts, file(server));
    put(texts, changes);
    return new Values(texts);
  }

  private static void put(Map<String, String> texts, Map<String, String> over) throws BadProfile {
    for (var one : over.entrySet()) {
      if (texts.replace(one.getKey(), one.getValue()) == null) {
        throw new BadProfile("no profile has " + one.getKey() + ", only " + texts.keySet());
      }
    }
  }

  String text(String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalStateException("compatible.properties lacks " + key);
    }
    return text;
  }

  String word(String key, String... allowed) throws BadProfile {
    String text = text(key);
    if (!Arrays.asList(allowed).contains(text)) {
      throw new BadProfile(key + " is one of " + String.join(", ", allowed));
    }
    return text;
  }

  boolean flag(String key) throws BadProfile {
    return word(key, "true", "false").equals("true");
  }

  List<String> words(String key) {
    return Arrays.stream(text(key).split("[,\\s]+", -1)).filter(w -> !w.isEmpty()).toList();
  }

  Map<String, String> pairs(String key) throws BadProfile {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String word : words(key)) {
      int equals = word.indexOf('=');
      if (equals < 1 || equals + 1 == word.length()) {
        throw new BadProfile(key + " is a list of old=new");
      }
      pairs.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return pairs;
  }

  static Map<String, String> file(Server server) {
    String name = server.word() + ".properties";
    Properties properties = new Properties();
    try (InputStream in = Values.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the bundle lacks " + name);
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> texts = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> texts.put(k, properties.getProperty(k).strip()));
    return texts;
  }
}
