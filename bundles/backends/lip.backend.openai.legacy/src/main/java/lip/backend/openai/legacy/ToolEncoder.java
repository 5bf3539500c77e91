package lip.backend.openai.legacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lip.api.CacheMarker;
import lip.api.Dialect;
import lip.api.Meta;
import lip.api.call.Call;
import lip.api.tool.Tool;
import lip.api.tool.ToolChoice;
import lip.backend.openai.legacy.profile.Profile;
import lip.sdk.fidelity.Fidelity;
import lip.support.json.JsonWriter;
import lip.support.provider.ForeignFields;

/** Writes {@code tools} and {@code tool_choice}. */
final class ToolEncoder {
  private static final String CHOICE = "tool_choice";

  private final JsonWriter out;
  private final Call call;
  private final boolean sameDialect;
  private final Profile profile;
  private final Fidelity lost;

  ToolEncoder(JsonWriter out, Call call, Profile profile, Fidelity lost) {
    this.out = out;
    this.call = call;
    this.profile = profile;
    this.lost = lost;
    sameDialect = call.dialect().equals(Dialect.OPENAI_CHAT);
  }

  /**
   * Writes both into the open object.
   *
   * @param written takes their names
   */
  void write(Set<String> written) {
    tools(written);
    choice(written);
  }

  private void tools(Set<String> written) {
    List<Tool> tools = new ArrayList<>();
    flatten(call.tools(), tools);
    if (tools.isEmpty()) {
      return;
    }
    written.add("tools");
    out.name("tools").beginArray();
    for (Tool tool : tools) {
      switch (tool) {
        case Tool.Function(var name, var description, var parameters, var strict, var meta) -> {
          out.beginObject().name("type").value("function");
          out.name("function").beginObject().name("name").value(name);
          if (description != null) {
            out.name("description").value(description);
          }
          if (parameters != null) {
            out.name("parameters").raw(parameters);
          }
          if (strict != null && !profile.strictTools()) {
            lost.lost("tool.strict", "the server does not take it");
          } else if (strict != null) {
            out.name("strict").value(strict.booleanValue());
          }
          inner(meta, "function.");
          out.endObject();
          outer(meta, "function.");
          out.endObject();
        }
        case Tool.Custom(var name, var description, var format, var meta) -> {
          out.beginObject().name("type").value("custom");
          out.name("custom").beginObject().name("name").value(name);
          if (description != null) {
            out.name("description").value(description);
          }
          if (format != null) {
            out.name("format").raw(format);
          }
          inner(meta, "custom.");
          out.endObject();
          outer(meta, "custom.");
          out.endObject();
        }
        case Tool.Hosted(_, _, var raw, _) -> out.raw(raw);
        case Tool.Namespace _, Tool.Other _ ->
            throw new IllegalStateException("flatten() leaves none");
      }
    }
    out.endArray();
  }

  /** Tools that have a form here, in order. */
  private void flatten(List<Tool> tools, List<Tool> flat) {
    for (Tool tool : tools) {
      switch (tool) {
        case Tool.Function function -> flat.add(function);
        case Tool.Custom custom -> flat.add(custom);
        case Tool.Hosted hosted -> {
          if (hosted.dialect().equals(Dialect.OPENAI_CHAT)) {
            flat.add(hosted);
          } else {
            lost.lost("tool." + hosted.name(), "only its own provider runs it");
          }
        }
        case Tool.Namespace space -> {
          lost.mapped(
              "tool." + space.name(), "the tools inside it", "there are no groups of tools");
          flatten(space.tools(), flat);
        }
        case Tool.Other other -> lost.lost("tool." + other.type(), "it has no form here");
      }
    }
  }

  private void inner(Meta meta, String prefix) {
    meta.extensions()
        .of(Dialect.OPENAI_CHAT)
        .forEach((name, value) -> {
          if (name.startsWith(prefix)) {
            out.name(name.substring(prefix.length())).raw(value);
          }
        });
  }

  private void outer(Meta meta, String prefix) {
    ForeignFields.lost(lost, meta.extensions(), Dialect.OPENAI_CHAT, "tool.");
    CacheMarker cache = meta.cache();
    if (cache != null) {
      if (sameDialect || profile.cacheMarkers()) {
        MessageEncoder.cacheControl(out, meta);
      } else {
        lost.lost("cache_control", PartEncoder.NO_MARKERS);
      }
    }
    meta.extensions()
        .of(Dialect.OPENAI_CHAT)
        .forEach((name, value) -> {
          if (!name.startsWith(prefix) && !name.startsWith(MessageEncoder.MARKER)) {
            out.name(name).raw(value);
          }
        });
  }

  private void choice(Set<String> written) {
    boolean named = profile.namedTools();
    switch (call.toolChoice()) {
      case ToolChoice.Auto _ -> {
        return;
      }
      case ToolChoice.None _ -> out.name(CHOICE).value("none");
      case ToolChoice.Any _ -> out.name(CHOICE).value("required");
      case ToolChoice.Named(_, String tool) when named -> {
        out.name(CHOICE);
        reference(tool);
      }
      case ToolChoice.Allowed(boolean required, List<String> names) when named -> {
        out.name(CHOICE).beginObject().name("type").value("allowed_tools");
        out.name("allowed_tools").beginObject();
        out.name("mode").value(required ? "required" : "auto");
        out.name("tools").beginArray();
        names.forEach(this::reference);
        out.endArray().endObject().endObject();
      }
      case ToolChoice.Named _, ToolChoice.Allowed _ -> {
        lost.mapped(CHOICE, "required", "the server cannot be told a name");
        if (call.toolChoice() instanceof ToolChoice.Allowed(boolean required, _) && !required) {
          return;
        }
        out.name(CHOICE).value("required");
      }
      case ToolChoice.Other other -> {
        lost.lost("tool_choice." + other.type(), "it has no form here");
        return;
      }
    }
    written.add(CHOICE);
  }

  private void reference(String tool) {
    String kind = isCustom(call.tools(), tool) ? "custom" : "function";
    out.beginObject().name("type").value(kind);
    out.name(kind).beginObject().name("name").value(tool).endObject();
    out.endObject();
  }

  private static boolean isCustom(List<Tool> tools, String name) {
    for (Tool tool : tools) {
      if (tool instanceof Tool.Namespace space && isCustom(space.tools(), name)) {
        return true;
      }
      if (tool instanceof Tool.Custom && tool.name().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
