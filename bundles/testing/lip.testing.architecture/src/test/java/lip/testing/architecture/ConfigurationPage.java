package lip.testing.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The table of all settings, made of the metatype in the built jars: what stands on the page is
 * what the platform checks. Types and ranges, which metatype cannot say, come from the settings
 * interfaces.
 */
final class ConfigurationPage {
  private static final String HEAD =
      """
      # All settings

      Generated from the metatype of the built bundles; do not edit. How files, values and secrets work:
      [configuration](../configuration.md). Every instance of a backend, frontend or feature also knows `enabled`, `order` and
      `name`; a backend `default.model` and the time limits of `lip.http.client` for its own calls.
      """;

  private static final Pattern RANGE =
      Pattern.compile(
          "@Range\\(([^)]*)\\)\\s+(?:@\\w+\\s+)*[\\w<>., ]+?\\s(\\w+)\\(\\);", Pattern.DOTALL);

  private ConfigurationPage() {}

  /** One settings type. */
  record Group(String pid, boolean factory, String name, String description, List<Key> keys) {}

  /** One setting. */
  record Key(String name, String type, String value, String range, String description) {}

  /** The page for bundles, sorted by PID. */
  static String of(List<Checkout.Bundle> bundles) {
    var groups = new TreeMap<String, Group>();
    for (Checkout.Bundle bundle : bundles) {
      if (Files.exists(bundle.jar())) {
        groups(bundle).forEach(group -> groups.put(group.pid(), group));
      }
    }
    var page = new StringBuilder(HEAD);
    groups.values().forEach(group -> page.append(section(group)));
    return page.toString();
  }

  private static String section(Group group) {
    var text = new StringBuilder("\n## `" + group.pid() + "`\n\n");
    text.append(group.name()).append(": ").append(sentence(group.description()));
    text.append(
        group.factory()
            ? " One file per instance: `%1$s~NAME.cfg`; `%1$s.cfg` is the default instance.\n\n"
                .formatted(group.pid())
            : " File: `%s.cfg`.\n\n".formatted(group.pid()));
    if (group.keys().isEmpty()) {
      return text.append("No keys of its own.\n").toString();
    }
    text.append("| Key | Type | Default | Allowed | Meaning |\n|---|---|---|---|---|\n");
    for (Key key : group.keys()) {
      text.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  key.name(), key.type(), code(key.value()), key.range(), cell(key.description())));
    }
    return text.toString();
  }

  private static List<Group> groups(Checkout.Bundle bundle) {
    var found = new ArrayList<Group>();
    try (var jar = new JarFile(bundle.jar().toFile())) {
      var entries =
          jar.stream()
              .filter(entry -> entry.getName().matches("OSGI-INF/metatype/[^/]+\\.xml"))
              .sorted(Comparator.comparing(JarEntry::getName))
              .toList();
      for (JarEntry entry : entries) {
        try (InputStream in = jar.getInputStream(entry)) {
          found.add(group(bundle, in));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Reads one description; an own one, since a settings type is one OCD with one designate. */
  static Group group(Checkout.Bundle bundle, InputStream xml) throws IOException {
    Element root = parse(xml);
    Element ocd = first(root, "OCD");
    Element designate = first(root, "Designate");
    boolean factory = designate.hasAttribute("factoryPid");
    Map<String, String> ranges = ranges(bundle, ocd.getAttribute("id"));
    var keys = new ArrayList<Key>();
    NodeList attributes = ocd.getElementsByTagName("AD");
    for (int i = 0; i < attributes.getLength(); i++) {
      Element attribute = (Element) attributes.item(i);
      String id = attribute.getAttribute("id");
      keys.add(
          new Key(
              id,
              type(bundle, ocd.getAttribute("id"), attribute),
              // Metatype escapes what its lists would split at.
              attribute.getAttribute("default").replaceAll("\\\\([\\\\, ])", "$1"),
              ranges.getOrDefault(id, ""),
              attribute.getAttribute("description")));
    }
    return new Group(
        designate.getAttribute(factory ? "factoryPid" : "pid"),
        factory,
        ocd.getAttribute("name"),
        ocd.getAttribute("description"),
        keys);
  }

  /**
   * The type in the words of operators, from the method's return type: metatype knows only String.
   */
  private static String type(Checkout.Bundle bundle, String settings, Element attribute) {
    String method = method(attribute.getAttribute("id"));
    Matcher matcher =
        Pattern.compile("([\\w<>.]+)\\s+" + Pattern.quote(method) + "\\(\\)")
            .matcher(source(bundle, settings));
    String type = matcher.find() ? matcher.group(1) : attribute.getAttribute("type");
    return type.replaceAll("^Optional<(.*)>$", "$1")
        .replaceAll("^List<(.*)>$", "list of $1")
        .replaceAll("\\b(Integer|Long|int|long|Double|double)\\b", "number")
        .replace("ByteSize", "size")
        .replace("Duration", "duration")
        .replace("Secret", "secret reference")
        .replace("String", "text")
        .replace("boolean", "true or false");
  }

  private static Map<String, String> ranges(Checkout.Bundle bundle, String settings) {
    var ranges = new HashMap<String, String>();
    Matcher matcher = RANGE.matcher(source(bundle, settings));
    while (matcher.find()) {
      Map<String, String> said = new LinkedHashMap<>();
      Matcher pair = Pattern.compile("(\\w+) = \"?([^\",]+)\"?").matcher(matcher.group(1));
      while (pair.find()) {
        said.put(pair.group(1), pair.group(2).strip());
      }
      ranges.put(matcher.group(2).replace('_', '.'), range(said));
    }
    return ranges;
  }

  private static String range(Map<String, String> said) {
    String min = said.get("min");
    String max = said.get("max");
    boolean above = "true".equals(said.get("aboveMin"));
    String low = min == null ? "" : above ? "more than " + min : "at least " + min;
    String high = max == null ? "" : "at most " + max;
    if (min != null && max != null && !above) {
      return min + " to " + max;
    }
    return low.isEmpty() || high.isEmpty() ? low + high : low + ", " + high;
  }

  private static String source(Checkout.Bundle bundle, String settings) {
    Path file = bundle.mainSources().resolve(settings.replace('.', '/') + ".java");
    return Files.exists(file) ? Checkout.read(file) : "";
  }

  private static String method(String key) {
    return key.replace("_", "__").replace('.', '_').replace("-", "$_$");
  }

  private static Element parse(InputStream xml) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(xml).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
  }

  private static Element first(Element root, String name) {
    NodeList found = root.getElementsByTagName(name);
    if (found.getLength() != 1) {
      throw new IllegalStateException(found.getLength() + " elements " + name);
    }
    return (Element) found.item(0);
  }

  private static String code(String value) {
    return value.isEmpty() ? "" : "`" + value.replace("|", "\\|") + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }

  private static String sentence(String text) {
    return text.isEmpty() || text.endsWith(".") ? text : text + ".";
  }
}
