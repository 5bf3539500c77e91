package lip.frontend.anthropic;

import java.util.List;
import lip.api.Json;
import lip.api.call.Call;
import lip.api.message.MediaKind;
import lip.api.message.MediaSource;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.tool.Tool;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens a prompt has, where the provider does not say: its tokenizer is not public. Texts
 * by a public vocabulary, media by rule, and what the form of the request adds.
 */
final class TokenEstimate {
  private static final int PDF_BYTES_PER_TOKEN = 30;
  private static final int PDF_LEAST = 1_500;
  private static final int PER_MESSAGE = 4;
  private static final int PER_TOOL = 12;
  private static final int TOOLS = 300;

  private final TextTokens texts;
  private long tokens;

  private TokenEstimate(TextTokens texts) {
    this.texts = texts;
  }

  /**
   * A number and where it comes from.
   *
   * @param tokens at least 1
   * @param how {@code o200k}, {@code o200k-sampled} or {@code rough}
   */
  record Estimate(long tokens, String how) {}

  /** The estimate for a call. */
  static Estimate of(Call call) {
    long[] rest = new long[1];
    TextTokens texts =
        Vocabulary.count(to -> {
          TokenEstimate estimate = new TokenEstimate(to);
          estimate.call(call);
          rest[0] = estimate.tokens;
        });
    return new Estimate(Math.max(1, texts.sum() + rest[0]), texts.how());
  }

  private void call(Call call) {
    call.instructions().forEach(this::message);
    call.messages().forEach(this::message);
    if (!call.tools().isEmpty()) {
      tokens += TOOLS;
      call.tools().forEach(this::tool);
    }
  }

  private void message(Message message) {
    tokens += PER_MESSAGE;
    parts(message.parts());
  }

  private void parts(List<Part> parts) {
    for (Part part : parts) {
      switch (part) {
        case Part.Text text -> text(text.text());
        case Part.Reasoning reasoning -> text(reasoning.text());
        case Part.Refusal refusal -> text(refusal.text());
        case Part.ToolCall call -> {
          tokens += PER_TOOL;
          text(call.name());
          text(call.arguments());
        }
        case Part.ToolResult result -> {
          tokens += PER_TOOL;
          parts(result.content());
        }
        case Part.Media media -> media(media);
        case Part.Opaque opaque -> json(opaque.raw());
        case Part.Other _ -> tokens += PER_MESSAGE;
      }
    }
  }

  private void media(Part.Media media) {
    boolean image = media.kind().equals(MediaKind.IMAGE);
    if (media.source() instanceof MediaSource.Inline(String base64)) {
      tokens +=
          image
              ? ImageTokens.of(base64)
              : Math.max(PDF_LEAST, base64.length() / 4 * 3 / PDF_BYTES_PER_TOKEN);
    } else {
      tokens += ImageTokens.MOST;
    }
  }

  private void tool(Tool tool) {
    tokens += PER_TOOL;
    text(tool.name());
    switch (tool) {
      case Tool.Function function -> {
        text(function.description() == null ? "" : function.description().text());
        json(function.parameters());
      }
      case Tool.Hosted hosted -> json(hosted.raw());
      case Tool.Custom _, Tool.Namespace _, Tool.Other _ -> {}
    }
  }

  private void json(@Nullable Json json) {
    if (json != null) {
      text(json.text());
    }
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      texts.add(text);
    }
  }
}
