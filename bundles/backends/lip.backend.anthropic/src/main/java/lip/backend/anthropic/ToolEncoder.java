package lip.backend.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.JsonString;
import lip.api.call.Call;
import lip.api.tool.Tool;
import lip.api.tool.ToolChoice;
import lip.sdk.fidelity.Fidelity;
import lip.support.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Writes {@code tools} and {@code tool_choice}. */
final class ToolEncoder {
  private static final Json FREE_TEXT =
      Json.of(
          "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},\"required\":[\"input\"]}");

  private final JsonWriter out;
  private final BlockEncoder blocks;
  private final Fidelity fidelity;

  ToolEncoder(JsonWriter out, BlockEncoder blocks, Fidelity fidelity) {
    this.out = out;
    this.blocks = blocks;
    this.fidelity = fidelity;
  }

  void write(Call call, Set<String> written) {
    List<Tool> tools = new ArrayList<>();
    flatten(call.tools(), tools);
    if (call.toolChoice() instanceof ToolChoice.Allowed(_, List<String> names)) {
      fidelity.mapped("tool_choice", "fewer tools", "a choice has no list of tools here");
      tools.removeIf(tool -> !names.contains(tool.name()));
    }
    if (tools.isEmpty()) {
      if (!(call.toolChoice() instanceof ToolChoice.Auto)
          && !(call.toolChoice() instanceof ToolChoice.None)) {
        fidelity.lost("tool_choice", "no tool is left to choose");
      }
      return;
    }
    written.add("tools");
    out.name("tools").beginArray();
    tools.forEach(this::tool);
    out.endArray();
    choice(call, written);
  }

  private void flatten(List<Tool> tools, List<Tool> flat) {
    for (Tool tool : tools) {
      switch (tool) {
        case Tool.Function function -> flat.add(function);
        case Tool.Custom custom -> {
          fidelity.mapped(
              "tool." + custom.name(), "a function", "there are no tools with free text");
          flat.add(custom);
        }
        case Tool.Hosted hosted -> {
          if (hosted.dialect().equals(Dialect.ANTHROPIC)) {
            flat.add(hosted);
          } else {
            fidelity.lost("tool." + hosted.name(), "only its own provider runs it");
          }
        }
        case Tool.Namespace space -> {
          fidelity.mapped(
              "tool." + space.name(), "the tools inside it", "there are no groups of tools");
          flatten(space.tools(), flat);
        }
        case Tool.Other other -> fidelity.lost("tool." + other.type(), "it has no form here");
      }
    }
  }

  private void tool(Tool tool) {
    switch (tool) {
      case Tool.Function(var name, var description, var parameters, var strict, var meta) -> {
        boolean typed = meta.extensions().of(Dialect.ANTHROPIC).containsKey("type");
        begin(name, typed ? null : description);
        if (!typed) {
          // A typed tool has a schema and a description that the provider knows.
          out.name("input_schema").raw(BlockEncoder.schema(parameters));
        }
        if (strict != null) {
          out.name("strict").value(strict.booleanValue());
        }
        blocks.rest("tool.", meta);
        out.endObject();
      }
      case Tool.Custom(var name, var description, var format, var meta) -> {
        begin(name, format == null ? description : withFormat(description, format));
        out.name("input_schema").raw(FREE_TEXT);
        blocks.rest("tool.", meta);
        out.endObject();
      }
      case Tool.Hosted(_, _, var raw, _) -> out.raw(raw);
      case Tool.Namespace _, Tool.Other _ ->
          throw new IllegalStateException("flatten() leaves none");
    }
  }

  private static JsonString withFormat(@Nullable JsonString description, Json format) {
    String text = description == null ? "" : description.text();
    return JsonString.of(text + "\nFormat of the input: " + format.text());
  }

  private void begin(String name, @Nullable JsonString description) {
    String wire = ToolNames.name(name);
    if (!wire.equals(name)) {
      fidelity.mapped("tool." + name, wire, "names have other rules here");
    }
    out.beginObject().name("name").value(wire);
    if (description != null && !description.isBlank()) {
      out.name("description").value(description);
    }
  }

  private void choice(Call call, Set<String> written) {
    boolean alone = Boolean.FALSE.equals(call.options().parallelToolCalls());
    ToolChoice choice = call.toolChoice();
    String type =
        switch (choice) {
          case ToolChoice.Auto _ -> alone ? "auto" : null;
          case ToolChoice.None _ -> "none";
          case ToolChoice.Any _ -> "any";
          case ToolChoice.Named _ -> "tool";
          case ToolChoice.Allowed(boolean required, _) -> required ? "any" : alone ? "auto" : null;
          case ToolChoice.Other other -> {
            fidelity.lost("tool_choice." + other.type(), "it has no form here");
            yield null;
          }
        };
    if (type == null) {
      return;
    }
    written.add("tool_choice");
    out.name("tool_choice").beginObject().name("type").value(type);
    if (choice instanceof ToolChoice.Named(_, String name)) {
      out.name("name").value(ToolNames.name(name));
    }
    if (alone && !type.equals("none")) {
      out.name("disable_parallel_tool_use").value(true);
    }
    call.extensions()
        .of(Dialect.ANTHROPIC)
        .forEach((name, value) -> {
          if (name.startsWith("tool_choice.")) {
            out.name(name.substring("tool_choice.".length())).raw(value);
          }
        });
    out.endObject();
  }
}
