package lip.testing.emulator.chat;

import lip.testing.emulator.Answer;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.ScriptedAnswer;
import org.jspecify.annotations.Nullable;

/** Says in Chat Completions what a script from outside says. */
record ScriptedChat(ScriptedAnswer script) implements ChatScript {
  @Override
  public Answer answer(ChatRequest request) {
    if (script.status() != 0) {
      return ChatFailure.of(script.status()).answer(request);
    }
    ChatReply reply = new ChatReply();
    if (!script.thinking().isEmpty()) {
      reply.reasoning(script.thinking());
    }
    reply.text(script.text().toArray(String[]::new));
    int call = 0;
    for (ScriptedAnswer.Call called : script.calls()) {
      String id = "call_" + request.number() + "_" + ++call;
      reply.toolCall(id, called.name(), called.arguments());
    }
    ScriptedAnswer.@Nullable Usage usage = script.usage();
    if (usage != null) {
      JsonValue details = JsonValue.object("cached_tokens", usage.cached());
      reply.usage(
          ChatFrames.usage(usage.input(), usage.output()).with("prompt_tokens_details", details));
    }
    return switch (script.end()) {
      case WHOLE -> reply.answer(request);
      case LENGTH -> reply.finish("length").answer(request);
      case ERROR -> reply.failure("server_error", null, "Overloaded, try again.").answer(request);
      case STALL -> reply.stall().answer(request);
    };
  }
}
