package lip.assembly;

import aQute.bnd.build.model.EE;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Processor;
import aQute.bnd.osgi.repository.ResourcesRepository;
import aQute.bnd.osgi.resource.ResourceBuilder;
import aQute.bnd.osgi.resource.ResourceUtils;
import biz.aQute.resolve.BndResolver;
import biz.aQute.resolve.ResolveProcess;
import biz.aQute.resolve.ResolverLogger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.resource.Resource;
import org.osgi.service.resolver.ResolutionException;

/**
 * Asks the bnd resolver whether bundles, all of them together and nothing else, find what they
 * need.
 */
final class Resolution {
  /** What the launcher registers before any bundle starts. */
  private static final String LAUNCHER =
      "osgi.service;objectClass:List<String>='java.util.function.Consumer';lip.launcher=announce;effective:=active";

  private final Path framework;

  /**
   * @param framework the jar of the framework, which provides the system's capabilities
   */
  Resolution(Path framework) {
    this.framework = framework;
  }

  /** What is missing, or nothing. */
  Optional<String> missing(Collection<Path> bundles) throws Exception {
    var resources = new ArrayList<Resource>();
    for (Path bundle : bundles) {
      resources.add(resource(bundle));
    }
    Resource system = resource(framework);
    String required = resources.stream().map(Resolution::identity).collect(Collectors.joining(","));
    resources.add(system);
    try (var run = new Processor();
        var log = new ResolverLogger(0)) {
      run.setProperty(Constants.RUNFW, fixed(system));
      run.setProperty(Constants.RUNEE, EE.JavaSE_25.getEEName());
      run.setProperty(Constants.RUNSYSTEMCAPABILITIES, LAUNCHER);
      run.setProperty(Constants.RESOLVE_EFFECTIVE, "resolve,active");
      run.setProperty(Constants.RUNREQUIRES, required);
      run.addBasicPlugin(new ResourcesRepository(resources));
      new ResolveProcess().resolveRequired(run, null, run, new BndResolver(log), List.of(), log);
      return Optional.empty();
    } catch (ResolutionException e) {
      return Optional.of(ResolveProcess.format(e, false).strip());
    }
  }

  private static Resource resource(Path jar) throws Exception {
    var builder = new ResourceBuilder();
    if (!builder.addFile(jar.toFile(), jar.toUri())) {
      throw new AssemblyFailure(jar.getFileName() + " is not a bundle");
    }
    return builder.build();
  }

  private static String identity(Resource resource) {
    return "bnd.identity;id='%s';version='[%s,%s]'"
        .formatted(
            ResourceUtils.getIdentity(resource),
            ResourceUtils.getVersion(resource),
            ResourceUtils.getVersion(resource));
  }

  private static String fixed(Resource resource) {
    String version = ResourceUtils.getVersion(resource).toString();
    return "%s;version='[%s,%s]'".formatted(ResourceUtils.getIdentity(resource), version, version);
  }
}
