package lip.backend.openai.legacy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import lip.sdk.secret.Secret;
import lip.sdk.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of {@code lip.backend.openai.legacy}. */
@ObjectClassDefinition(
    factoryPid = "lip.backend.openai.legacy",
    name = "OpenAI Chat Completions backend",
    description = "Speaks Chat Completions to OpenAI and every server compatible with it.")
public interface OpenAiLegacySettings {
  /** Where the server is. */
  @AttributeDefinition(
      name = "base.url",
      description = "Address of the server up to and including /v1; http or https.",
      defaultValue = Endpoint.DEFAULT)
  URI base_url();

  /** Keys. */
  @AttributeDefinition(
      name = "api.keys",
      description =
          "References of keys (env:NAME, file:PATH, secret:NAME), the first usable one is sent. Not"
              + " set and base.url not set = OPENAI_API_KEY, OPENAI_API_KEY_2 ...",
      required = false)
  List<Secret> api_keys();

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
