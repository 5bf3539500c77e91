package lip.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The folder {@code sdk/} of the distribution: a Maven repository with what plugins are built
 * against, so that a plugin builds without this checkout. The modules are named by a list file, a
 * folder a line.
 */
final class SdkRepository {
  private static final String TARGET = "sdk/";

  private final Path root;
  private final Pool pool;
  private final Set<Path> written = new HashSet<>();

  /** A POM as far as it matters here; group and version may be those of the parent. */
  private record Pom(Path file, ArtifactId id, String packaging, Optional<Path> parent) {}

  /**
   * @param root the folder that the lines of the list are relative to
   */
  SdkRepository(Path root, Pool pool) {
    this.root = root;
    this.pool = pool;
  }

  void write(Path list, Folder target) throws IOException {
    for (String line : Files.readAllLines(list)) {
      String module = line.strip();
      if (!module.isEmpty() && !module.startsWith("#")) {
        Path file = root.resolve(module).resolve("pom.xml");
        if (!Files.exists(file)) {
          throw new AssemblyFailure(list.getFileName() + ": there is no module " + module);
        }
        Pom pom = pom(file, list, target);
        if (!pom.packaging().equals("pom")) {
          target.copy(pool.jar(pom.id(), list), path(pom.id(), "jar"));
        }
      }
    }
  }

  /** Reads a POM, and copies it with all its parents: Maven needs them to read it. */
  private Pom pom(Path file, Path list, Folder target) throws IOException {
    Element project = parse(file);
    Optional<Element> parent = child(project, "parent");
    Optional<Path> parentFile =
        parent.map(element ->
            file.resolveSibling(text(element, "relativePath").orElse("../pom.xml")).normalize());
    String group =
        text(project, "groupId").or(() -> parent.flatMap(p -> text(p, "groupId"))).orElse("");
    String version =
        text(project, "version").or(() -> parent.flatMap(p -> text(p, "version"))).orElse("");
    String artifact = text(project, "artifactId").orElse("");
    var pom =
        new Pom(
            file,
            ArtifactId.parse(group + ":" + artifact + ":" + version),
            text(project, "packaging").orElse("jar"),
            parentFile);
    if (written.add(file.normalize())) {
      target.copy(file, path(pom.id(), "pom"));
      if (pom.parent().isPresent()) {
        pom(pom.parent().get(), list, target);
      }
    }
    return pom;
  }

  private static String path(ArtifactId id, String extension) {
    Path folder = id.folder(Path.of(""));
    return TARGET + folder.toString().replace('\\', '/') + "/" + id.fileName(extension);
  }

  private static Element parse(Path file) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new AssemblyFailure(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Optional<Element> child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(Element parent, String name) {
    return child(parent, name).map(Node::getTextContent).map(String::strip);
  }
}
