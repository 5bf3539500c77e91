package lip.operations.console;

import java.util.List;
import lip.sdk.secret.Secret;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code lip.admin}. */
@ObjectClassDefinition(
    pid = "lip.admin",
    name = "Admin listener",
    description = "Web Console, inventory and diagnostics; loopback only")
public interface AdminSettings {
  /** Whether the listener is open. */
  @AttributeDefinition(defaultValue = "true", description = "whether the listener is open")
  boolean enabled();

  /** Whether the Web Console is served under /system/console. */
  @AttributeDefinition(
      defaultValue = "true",
      description = "whether the Web Console is served under /system/console")
  boolean console_enabled();

  /** Where it listens. */
  @AttributeDefinition(
      defaultValue = "127.0.0.1:8081",
      description = "loopback address and port; port 0 = any free one")
  String address();

  /** Name to log in with. */
  @AttributeDefinition(defaultValue = "admin", description = "name to log in with")
  String username();

  /** Password to log in with. */
  @AttributeDefinition(
      defaultValue = "secret:admin-password",
      description = "at least 12 characters; generated at first start when the file is absent")
  Secret password();

  /** Further origins that may write. */
  @AttributeDefinition(
      required = false,
      description = "further origins that may write; empty = only the listener's own")
  List<String> allowed_origins();
}
