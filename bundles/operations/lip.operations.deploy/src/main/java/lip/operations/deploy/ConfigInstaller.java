package lip.operations.deploy;

import java.io.File;
import java.nio.file.Path;
import org.apache.felix.fileinstall.ArtifactInstaller;

/**
 * FileInstall's way into the configuration folder: hands over and returns. It never throws, else a
 * later delete would be lost.
 */
final class ConfigInstaller implements ArtifactInstaller {
  private final Path folder;
  private final ConfigFolder configurations;

  ConfigInstaller(Path folder, ConfigFolder configurations) {
    this.folder = folder;
    this.configurations = configurations;
  }

  @Override
  public boolean canHandle(File file) {
    return ConfigFile.is(file.getName()) && folder.equals(file.toPath().getParent());
  }

  @Override
  public void install(File file) {
    configurations.changed(file.getName());
  }

  @Override
  public void update(File file) {
    configurations.changed(file.getName());
  }

  @Override
  public void uninstall(File file) {
    configurations.deleted(file.getName());
  }
}
