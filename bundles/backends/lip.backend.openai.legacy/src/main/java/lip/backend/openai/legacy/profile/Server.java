package lip.backend.openai.legacy.profile;

import java.util.Locale;

/** The servers with a profile; each has a file of its name. */
public enum Server {
  /** OpenAI itself. */
  OPENAI,
  /** OpenRouter. */
  OPENROUTER,
  /** DeepSeek. */
  DEEPSEEK,
  /** Ollama, here or in its cloud. */
  OLLAMA,
  /** The server of vLLM. */
  VLLM,
  /** The server of llama.cpp. */
  LLAMA_CPP,
  /** LM Studio. */
  LM_STUDIO,
  /** Any other. */
  COMPATIBLE;

  /** The name in configuration and of the file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
