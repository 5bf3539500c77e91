package lip.frontend.openai.legacy;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** No keys of its own; it exists so that unknown ones are found. */
@ObjectClassDefinition(
    factoryPid = "lip.frontend.openai.legacy",
    name = "OpenAI Chat Completions frontend",
    description = "Answers POST /v1/chat/completions and GET /v1/models.")
public interface OpenAiLegacySettings {}
