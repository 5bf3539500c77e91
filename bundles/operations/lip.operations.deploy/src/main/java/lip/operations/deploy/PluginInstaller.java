package lip.operations.deploy;

import java.io.File;
import java.nio.file.Path;
import org.apache.felix.fileinstall.ArtifactInstaller;

/** FileInstall's way into the plugin deployment: hands over and returns. */
final class PluginInstaller implements ArtifactInstaller {
  private final Path folder;
  private final PluginDeployment deployment;

  PluginInstaller(Path folder, PluginDeployment deployment) {
    this.folder = folder;
    this.deployment = deployment;
  }

  @Override
  public boolean canHandle(File file) {
    return file.getName().endsWith(".jar") && folder.equals(file.toPath().getParent());
  }

  @Override
  public void install(File file) {
    deployment.changed(file.getName());
  }

  @Override
  public void update(File file) {
    deployment.changed(file.getName());
  }

  @Override
  public void uninstall(File file) {
    deployment.deleted(file.getName());
  }
}
