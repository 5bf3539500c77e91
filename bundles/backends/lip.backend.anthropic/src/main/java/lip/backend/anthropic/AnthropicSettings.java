package lip.backend.anthropic;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lip.sdk.secret.Secret;
import lip.sdk.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of {@code lip.backend.anthropic}. */
@ObjectClassDefinition(
    factoryPid = "lip.backend.anthropic",
    name = "Anthropic backend",
    description = "Speaks Messages to Anthropic and the servers compatible with it.")
public interface AnthropicSettings {
  /** Where the server is. */
  @AttributeDefinition(
      name = "base.url",
      description = "Address of the server, with or without /v1; http or https.",
      defaultValue = Endpoint.DEFAULT)
  URI base_url();

  /** Keys. */
  @AttributeDefinition(
      name = "api.keys",
      description =
          "References of keys (env:NAME, file:PATH, secret:NAME), the first usable one is sent. Not"
              + " set and base.url not set = ANTHROPIC_API_KEY, ANTHROPIC_API_KEY_2 ...",
      required = false)
  List<Secret> api_keys();

  /** Version of the protocol. */
  @AttributeDefinition(
      name = "dialect",
      description =
          "Version of the protocol to speak: 2023-06-01 or 2026-10-21. Not set = that of the"
              + " client, or the newest one that loses nothing of the call.",
      required = false)
  Optional<String> dialect();

  /** Fixed inventory. */
  @AttributeDefinition(
      name = "models",
      description = "Models it has; not set = the server is asked.",
      required = false)
  List<String> models();

  /** How often the server is asked for its models. */
  @AttributeDefinition(
      name = "models.refresh",
      description = "How often the server is asked for its models.",
      defaultValue = "15m")
  @Range(min = "10s", max = "24h")
  Duration models_refresh();

  /** Whether the server streams. */
  @AttributeDefinition(
      name = "upstream.stream",
      description = "Whether the server is asked to stream; false for servers that cannot.",
      defaultValue = "true")
  boolean upstream_stream();
}
