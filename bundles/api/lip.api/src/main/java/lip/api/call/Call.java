package lip.api.call;

import java.util.List;
import lip.api.Dialect;
import lip.api.Extensions;
import lip.api.InvalidCall;
import lip.api.message.Message;
import lip.api.option.Options;
import lip.api.tool.Tool;
import lip.api.tool.ToolChoice;
import org.jspecify.annotations.Nullable;

/**
 * One canonical request. An object that exists is valid; {@link Builder#build()} throws {@link
 * InvalidCall} otherwise. Immutable, safe from any thread.
 */
public final class Call {
  private final String id;
  private final Dialect dialect;
  private final @Nullable String route;
  private final @Nullable String model;
  private final boolean streaming;
  private final Session session;
  private final List<Message> instructions;
  private final List<Message> messages;
  private final List<Tool> tools;
  private final ToolChoice toolChoice;
  private final Options options;
  private final Extensions extensions;
  private final List<String> betas;
  private final @Nullable Source source;

  private Call(Builder b) {
    id = b.id;
    dialect = b.dialect;
    route = b.route;
    model = b.model;
    streaming = b.streaming;
    session = b.session;
    instructions = List.copyOf(b.instructions);
    messages = List.copyOf(b.messages);
    tools = List.copyOf(b.tools);
    toolChoice = b.toolChoice;
    options = b.options;
    extensions = b.extensions;
    betas = List.copyOf(b.betas);
    source = b.source;
    CallRules.check(this);
  }

  /**
   * A builder.
   *
   * @param id trace id of the request
   * @param dialect dialect of the client
   */
  public static Builder builder(String id, Dialect dialect) {
    return new Builder(id, dialect);
  }

  /** A builder that starts from this call. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Trace id of the request. */
  public String id() {
    return id;
  }

  /** Dialect of the client. */
  public Dialect dialect() {
    return dialect;
  }

  /** Selector from the route header; null = none. */
  public @Nullable String route() {
    return route;
  }

  /**
   * Model exactly as the client wrote it; null = none. On an attempt's copy: the model of the
   * candidate.
   */
  public @Nullable String model() {
    return model;
  }

  /** Whether the client wants a stream. The backend streams in any case. */
  public boolean streaming() {
    return streaming;
  }

  /** What the client says about its conversation. */
  public Session session() {
    return session;
  }

  /** System texts that stand apart from the dialogue, where the dialect has such a place. */
  public List<Message> instructions() {
    return instructions;
  }

  /** The dialogue; system and developer turns where the client put them. */
  public List<Message> messages() {
    return messages;
  }

  /** Offered tools. */
  public List<Tool> tools() {
    return tools;
  }

  /** Whether and which tools must be called. */
  public ToolChoice toolChoice() {
    return toolChoice;
  }

  /** Generation controls. */
  public Options options() {
    return options;
  }

  /** Unknown top-level fields. */
  public Extensions extensions() {
    return extensions;
  }

  /** Opt-in words of the protocol ({@code anthropic-beta}), in order. */
  public List<String> betas() {
    return betas;
  }

  /** The body this call was decoded from; null = the call was changed or made by us. */
  public @Nullable Source source() {
    return source;
  }

  /** Names and sizes only: no content. */
  @Override
  public String toString() {
    return "Call[id="
        + id
        + ", dialect="
        + dialect.id()
        + ", messages="
        + messages.size()
        + ", tools="
        + tools.size()
        + "]";
  }

  /**
   * Collects a call; not thread-safe. Setting content drops {@link Call#source()}; set the source
   * last.
   */
  public static final class Builder {
    private final String id;
    private final Dialect dialect;
    private @Nullable String route;
    private @Nullable String model;
    private boolean streaming;
    private Session session = Session.NONE;
    private List<Message> instructions = List.of();
    private List<Message> messages = List.of();
    private List<Tool> tools = List.of();
    private ToolChoice toolChoice = new ToolChoice.Auto();
    private Options options = Options.NONE;
    private Extensions extensions = Extensions.NONE;
    private List<String> betas = List.of();
    private @Nullable Source source;

    private Builder(String id, Dialect dialect) {
      this.id = id;
      this.dialect = dialect;
    }

    private Builder(Call c) {
      this(c.id, c.dialect);
      route = c.route;
      model = c.model;
      streaming = c.streaming;
      session = c.session;
      instructions = c.instructions;
      messages = c.messages;
      tools = c.tools;
      toolChoice = c.toolChoice;
      options = c.options;
      extensions = c.extensions;
      betas = c.betas;
      source = c.source;
    }

    /** See {@link Call#route()}; keeps the source. */
    public Builder route(@Nullable String value) {
      route = value;
      return this;
    }

    /** See {@link Call#model()}; keeps the source: backends splice the model. */
    public Builder model(@Nullable String value) {
      model = value;
      return this;
    }

    /** See {@link Call#streaming()}; keeps the source. */
    public Builder streaming(boolean value) {
      streaming = value;
      return this;
    }

    /** See {@link Call#session()}; keeps the source. */
    public Builder session(Session value) {
      session = value;
      return this;
    }

    /** See {@link Call#instructions()}. */
    public Builder instructions(List<Message> value) {
      instructions = value;
      return changed();
    }

    /** See {@link Call#messages()}. */
    public Builder messages(List<Message> value) {
      messages = value;
      return changed();
    }

    /** See {@link Call#tools()}. */
    public Builder tools(List<Tool> value) {
      tools = value;
      return changed();
    }

    /** See {@link Call#toolChoice()}. */
    public Builder toolChoice(ToolChoice value) {
      toolChoice = value;
      return changed();
    }

    /** See {@link Call#options()}. */
    public Builder options(Options value) {
      options = value;
      return changed();
    }

    /** See {@link Call#extensions()}. */
    public Builder extensions(Extensions value) {
      extensions = value;
      return changed();
    }

    /** See {@link Call#betas()}. */
    public Builder betas(List<String> value) {
      betas = value;
      return changed();
    }

    /** See {@link Call#source()}. */
    public Builder source(@Nullable Source value) {
      source = value;
      return this;
    }

    /**
     * The call.
     *
     * @throws InvalidCall naming the field, when a rule is broken
     */
    public Call build() {
      return new Call(this);
    }

    private Builder changed() {
      source = null;
      return this;
    }
  }
}
