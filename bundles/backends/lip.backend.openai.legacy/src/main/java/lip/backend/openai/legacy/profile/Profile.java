package lip.backend.openai.legacy.profile;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.api.capability.Capabilities;
import lip.api.capability.Capability;
import org.jspecify.annotations.Nullable;

/**
 * What one server wants otherwise. Read once, when an instance is made; {@code
 * compatible.properties} says what each key means.
 */
public final class Profile {
  private static final Set<Capability> KNOWN =
      Set.of(
          Capability.TOOLS,
          Capability.PARALLEL_TOOL_CALLS,
          Capability.CUSTOM_TOOLS,
          Capability.VISION,
          Capability.DOCUMENTS,
          Capability.AUDIO,
          Capability.VIDEO,
          Capability.STRUCTURED_OUTPUTS,
          Capability.REASONING);

  /** How the operator's turns in newer words are called. */
  public enum Developer {
    /** Developer. */
    DEVELOPER,
    /** System. */
    SYSTEM,
    /** As a client of the same dialect said it, system for the others. */
    CLIENT
  }

  /** Where thoughts stand in the text of an answer. */
  public enum Tags {
    /** Nowhere. */
    NONE,
    /** Between {@code <think>} and {@code </think>} at its beginning. */
    THINK,
    /** The same, but the answer begins behind the opening tag, which the prompt ends with. */
    OPENED
  }

  private final Server server;
  private final String baseUrl;
  private final String keyVariable;
  private final boolean keyNeeded;
  private final String maxTokens;
  private final List<String> dropped;
  private final Map<String, String> renamed;
  private final Developer developer;
  private final boolean systemFirst;
  private final boolean mergedTurns;
  private final boolean textContent;
  private final boolean nullContent;
  private final String reasoning;
  private final boolean reasoningDetails;
  private final boolean reasoningRestored;
  private final Tags reasoningTags;
  private final boolean streamUsage;
  private final boolean finishOptional;
  private final boolean strictTools;
  private final boolean namedTools;
  private final boolean cacheMarkers;
  private final boolean topK;
  private final boolean imageUrls;
  private final Capabilities capabilities;
  private final String modelsPath;

  private Profile(Server server, Values values) throws BadProfile {
    this.server = server;
    baseUrl = values.text("base.url");
    keyVariable = values.text("key.variable");
    keyNeeded = values.flag("key.needed");
    maxTokens = values.word("max.tokens", "max_tokens", "max_completion_tokens");
    dropped = values.words("members.dropped");
    renamed = values.pairs("members.renamed");
    developer =
        switch (values.word("developer.role", "developer", "system", "client")) {
          case "developer" -> Developer.DEVELOPER;
          case "system" -> Developer.SYSTEM;
          default -> Developer.CLIENT;
        };
    systemFirst = values.word("system", "anywhere", "first").equals("first");
    mergedTurns = values.word("turns", "as-sent", "merged").equals("merged");
    textContent = values.word("content", "parts", "text").equals("text");
    nullContent = values.flag("content.null");
    reasoning = values.word("reasoning", "client", "none", "reasoning_content", "reasoning");
    reasoningDetails = values.flag("reasoning.details");
    reasoningRestored = values.flag("reasoning.restored");
    reasoningTags =
        switch (values.word("reasoning.tags", "none", "think", "opened")) {
          case "think" -> Tags.THINK;
          case "opened" -> Tags.OPENED;
          default -> Tags.NONE;
        };
    streamUsage = values.flag("stream.usage");
    finishOptional = values.flag("finish.optional");
    strictTools = values.flag("tools.strict");
    namedTools = values.flag("tools.named");
    cacheMarkers = values.flag("cache.markers");
    topK = values.flag("top.k");
    imageUrls = values.flag("image.urls");
    capabilities = capabilities(values.words("capabilities"));
    modelsPath = values.text("models.path");
    if (!modelsPath.startsWith("/")) {
      throw new BadProfile("models.path begins with /");
    }
    for (String member : dropped) {
      if (List.of("model", "messages", "stream").contains(member)) {
        throw new BadProfile("members.dropped: " + member + " cannot be left out");
      }
    }
  }

  private static Capabilities capabilities(List<String> words) throws BadProfile {
    Set<Capability> all = new LinkedHashSet<>();
    all.add(Capability.STREAMING);
    for (String word : words) {
      Capability capability = new Capability(word);
      if (!KNOWN.contains(capability)) {
        throw new BadProfile("capabilities: there is no " + word);
      }
      all.add(capability);
    }
    return Capabilities.of(all);
  }

  /**
   * The profile of a server.
   *
   * @param changes of the operator, by key
   */
  public static Profile of(Server server, Map<String, String> changes) throws BadProfile {
    return new Profile(server, Values.of(server, changes));
  }

  /** The server behind an address; {@link Server#COMPATIBLE} when nothing tells. */
  public static Server behind(String host, int port) {
    try {
      for (Server server : Server.values()) {
        Values values = Values.of(server, Map.of());
        if ((!host.isEmpty() && host.equalsIgnoreCase(values.text("detect.host")))
            || Integer.toString(port).equals(values.text("detect.port"))) {
          return server;
        }
      }
    } catch (BadProfile e) {
      throw new IllegalStateException("a shipped profile is wrong", e);
    }
    return Server.COMPATIBLE;
  }

  /** Whose profile it is. */
  public Server server() {
    return server;
  }

  /** Address of the server; null = not known. */
  public @Nullable String baseUrl() {
    return baseUrl.isEmpty() ? null : baseUrl;
  }

  /** Environment variable of its key; null = none. */
  public @Nullable String keyVariable() {
    return keyVariable.isEmpty() ? null : keyVariable;
  }

  /** See {@code key.needed}. */
  public boolean keyNeeded() {
    return keyNeeded;
  }

  /** See {@code max.tokens}. */
  public String maxTokens() {
    return maxTokens;
  }

  /** See {@code members.dropped}. */
  public List<String> dropped() {
    return dropped;
  }

  /** See {@code members.renamed}. */
  public Map<String, String> renamed() {
    return renamed;
  }

  /** See {@code developer.role}. */
  public Developer developer() {
    return developer;
  }

  /** See {@code system}. */
  public boolean systemFirst() {
    return systemFirst;
  }

  /** See {@code turns}. */
  public boolean mergedTurns() {
    return mergedTurns;
  }

  /** See {@code content}. */
  public boolean textContent() {
    return textContent;
  }

  /** See {@code content.null}. */
  public boolean nullContent() {
    return nullContent;
  }

  /** The member that takes reasoning of other dialects; null = none does. */
  public @Nullable String reasoning() {
    return switch (reasoning) {
      case "none" -> null;
      case "client" -> "reasoning_content";
      default -> reasoning;
    };
  }

  /** Whether reasoning of the same dialect stays in the members where the client put it. */
  public boolean reasoningAsSent() {
    return reasoning.equals("client") || reasoning.equals("none");
  }

  /** See {@code reasoning.details}. */
  public boolean reasoningDetails() {
    return reasoningDetails;
  }

  /** See {@code reasoning.restored}. */
  public boolean reasoningRestored() {
    return reasoningRestored;
  }

  /** See {@code reasoning.tags}. */
  public Tags reasoningTags() {
    return reasoningTags;
  }

  /** See {@code stream.usage}. */
  public boolean streamUsage() {
    return streamUsage;
  }

  /** See {@code finish.optional}. */
  public boolean finishOptional() {
    return finishOptional;
  }

  /** See {@code tools.strict}. */
  public boolean strictTools() {
    return strictTools;
  }

  /** See {@code tools.named}. */
  public boolean namedTools() {
    return namedTools;
  }

  /** See {@code cache.markers}. */
  public boolean cacheMarkers() {
    return cacheMarkers;
  }

  /** See {@code top.k}. */
  public boolean topK() {
    return topK;
  }

  /** See {@code image.urls}. */
  public boolean imageUrls() {
    return imageUrls;
  }

  /** See {@code capabilities}. */
  public Capabilities capabilities() {
    return capabilities;
  }

  /** See {@code models.path}. */
  public String modelsPath() {
    return modelsPath;
  }
}
