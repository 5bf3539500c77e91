package lip.assembly;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One file of {@code features/}, in the OSGi Feature format.
 *
 * @param file where it was read
 * @param id its own id
 * @param bundles what it installs, each with its start level
 * @param classPath what it puts on the class path of the process (extension {@code lip-class-path})
 * @param configurations default configuration by PID
 */
record FeatureSet(
    Path file,
    ArtifactId id,
    List<Installed> bundles,
    List<ArtifactId> classPath,
    Map<String, JsonNode> configurations) {

  static final String SUFFIX = ".feature.json";

  /** Start level of a bundle, as the OSGi Feature Launcher names it. */
  private static final String START_LEVEL = "bundleStartLevel";

  private static final String CLASS_PATH = "lip-class-path";
  private static final int LAST_LEVEL = 7;
  private static final Set<String> KNOWN =
      Set.of(
          "feature-resource-version",
          "id",
          "name",
          "description",
          "bundles",
          "configurations",
          "extensions");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.ALLOW_COMMENTS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** One line of a feature set. */
  record Installed(ArtifactId id, int level) {}

  /** All feature sets of a folder, by file name. */
  static List<FeatureSet> readAll(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
    var sets = new ArrayList<FeatureSet>();
    for (Path file : files) {
      sets.add(read(file));
    }
    return List.copyOf(sets);
  }

  static FeatureSet read(Path file) throws IOException {
    JsonNode json;
    try (var reader = Files.newBufferedReader(file)) {
      json = MAPPER.readTree(reader);
    } catch (JsonProcessingException e) {
      throw new AssemblyFailure(file.getFileName() + ": not JSON: " + e.getOriginalMessage(), e);
    }
    for (var entry : json.properties()) {
      if (!KNOWN.contains(entry.getKey())) {
        throw new AssemblyFailure(
            file.getFileName() + ": unknown member \"" + entry.getKey() + "\"");
      }
    }
    var bundles = new ArrayList<Installed>();
    for (JsonNode bundle : json.path("bundles")) {
      ArtifactId id = id(file, bundle);
      bundles.add(new Installed(id, level(file, id, bundle.path(START_LEVEL))));
    }
    var classPath = new ArrayList<ArtifactId>();
    for (JsonNode artifact : json.path("extensions").path(CLASS_PATH).path("artifacts")) {
      classPath.add(id(file, artifact));
    }
    var configurations = new LinkedHashMap<String, JsonNode>();
    json.path("configurations")
        .properties()
        .forEach(e -> configurations.put(e.getKey(), e.getValue()));
    return new FeatureSet(
        file,
        id(file, json),
        List.copyOf(bundles),
        List.copyOf(classPath),
        Map.copyOf(configurations));
  }

  private static ArtifactId id(Path file, JsonNode node) {
    try {
      return ArtifactId.parse(node.path("id").asText());
    } catch (IllegalArgumentException e) {
      throw new AssemblyFailure(file.getFileName() + ": id " + e.getMessage(), e);
    }
  }

  private static int level(Path file, ArtifactId id, JsonNode level) {
    if (!level.isInt() || level.intValue() < 1 || level.intValue() > LAST_LEVEL) {
      throw new AssemblyFailure(
          "%s: %s: %s must be a number from 1 to %d"
              .formatted(file.getFileName(), id, START_LEVEL, LAST_LEVEL));
    }
    return level.intValue();
  }
}
