package lip.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all feature sets together ask for.
 *
 * @param bundles path below {@code system/} and the jar that goes there
 * @param classPath file name in {@code lib/} and the jar that goes there
 */
record Contents(
    List<FeatureSet> sets,
    Map<String, Path> bundles,
    Map<String, Path> classPath,
    Map<String, JsonNode> configurations) {

  static Contents of(List<FeatureSet> sets, Pool pool) {
    var levels = new TreeMap<String, Integer>();
    var bundles = new TreeMap<String, Path>();
    var classPath = new TreeMap<String, Path>();
    var configurations = new TreeMap<String, JsonNode>();
    for (FeatureSet set : sets) {
      for (FeatureSet.Installed bundle : set.bundles()) {
        Integer other = levels.put(bundle.id().toString(), bundle.level());
        if (other != null && other != bundle.level()) {
          throw new AssemblyFailure(
              "%s: %s has start level %d here and %d in another feature set"
                  .formatted(set.file().getFileName(), bundle.id(), bundle.level(), other));
        }
        bundles.put(
            bundle.level() + "/" + bundle.id().fileName("jar"), pool.jar(bundle.id(), set.file()));
      }
      for (ArtifactId id : set.classPath()) {
        classPath.put(id.fileName("jar"), pool.jar(id, set.file()));
      }
      set.configurations()
          .forEach((pid, values) -> {
            if (configurations.put(pid, values) != null) {
              throw new AssemblyFailure(
                  set.file().getFileName()
                      + ": configuration "
                      + pid
                      + " stands in another feature set too");
            }
          });
    }
    return new Contents(sets, bundles, classPath, configurations);
  }

  /** What is installed, for whoever wants to know at run time: {@code lib/features.json}. */
  String summary() {
    var mapper = JsonMapper.builder().build();
    var root = mapper.createObjectNode();
    var list = root.putArray("features");
    for (FeatureSet set : sets) {
      var entry = list.addObject();
      entry.put("id", set.id().toString());
      var ids = entry.putArray("bundles");
      set.bundles().forEach(bundle -> ids.add(bundle.id().toString()));
    }
    var defaults = root.putObject("configurations");
    configurations.forEach(defaults::set);
    return root.toPrettyString() + "\n";
  }
}
