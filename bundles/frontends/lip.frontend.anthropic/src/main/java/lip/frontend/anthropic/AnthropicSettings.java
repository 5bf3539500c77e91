package lip.frontend.anthropic;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** No keys of its own; it exists so that unknown ones are found. */
@ObjectClassDefinition(
    factoryPid = "lip.frontend.anthropic",
    name = "Anthropic Messages frontend",
    description = "Answers POST /v1/messages, its count_tokens, and GET /v1/models.")
public interface AnthropicSettings {}
