package lip.backend.openai.legacy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lip.backend.openai.legacy.profile.Server;
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
      description =
          "Address of the server up to and including /v1; http or https. Not set = that of the"
              + " profile, https://api.openai.com/v1 without one.",
      required = false)
  Optional<URI> base_url();

  /** Which server it is. */
  @AttributeDefinition(
      name = "profile",
      description =
          "Which server it is, for its habits: openai, openrouter, deepseek, ollama, vllm,"
              + " llama-cpp, lm-studio or compatible. Not set = told by the host or port of"
              + " base.url, else compatible.",
      required = false)
  Optional<Server> profile();

  /** What is different from the profile. */
  @AttributeDefinition(
      name = "profile.changes",
      description =
          "What is different from the profile, as key=value, lists with blanks;"
              + " docs/backends/openai-legacy.md has the keys.",
      required = false)
  List<String> profile_changes();

  /** Keys. */
  @AttributeDefinition(
      name = "api.keys",
      description =
          "References of keys (env:NAME, file:PATH, secret:NAME), the first usable one is sent. Not"
              + " set and base.url that of the profile = its variable, such as OPENAI_API_KEY,"
              + " OPENAI_API_KEY_2 ...",
      required = false)
  List<Secret> api_keys();

  /** Fields for each request. */
  @AttributeDefinition(
      name = "headers",
      description =
          "Constant header fields for the server, as Name=value, such as X-Title=My app for"
              + " OpenRouter. No secrets.",
      required = false)
  List<String> headers();

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
