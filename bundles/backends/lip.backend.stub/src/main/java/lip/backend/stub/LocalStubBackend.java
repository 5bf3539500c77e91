package lip.backend.stub;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lip.api.call.Call;
import lip.api.capability.Capabilities;
import lip.api.capability.Capability;
import lip.api.event.EventStream;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.sdk.Instance;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.backend.ModelInfo;

/** One instance of the stub. */
final class LocalStubBackend implements Backend {
  private static final Capabilities CAPABILITIES =
      Capabilities.of(
          Capability.STREAMING,
          Capability.TOOLS,
          Capability.PARALLEL_TOOL_CALLS,
          Capability.CUSTOM_TOOLS,
          Capability.VISION,
          Capability.DOCUMENTS,
          Capability.AUDIO,
          Capability.VIDEO,
          Capability.STRUCTURED_OUTPUTS,
          Capability.REASONING);

  private final Instance instance;
  private final Scenarios scenarios;
  private final Set<StubStream> open = ConcurrentHashMap.newKeySet();

  LocalStubBackend(Instance instance, Scenarios scenarios) {
    this.instance = instance;
    this.scenarios = scenarios;
  }

  @Override
  public EventStream open(Attempt attempt) throws UpstreamFailure {
    Scenario scenario = scenarios.of(attempt.model());
    if (scenario.trouble().status() != 0) {
      throw new UpstreamFailure(failure(scenario));
    }
    Call call = attempt.call();
    String said = lastUserText(call);
    if (scenario.tools().count() > 0 && answersTool(call)) {
      // The second turn of a tool loop: say what came back.
      scenario =
          scenario.withTools(0, scenario.tools().arguments()).withText("The tool said: " + said);
    } else if (scenario.said().echo()) {
      scenario = scenario.withText(said);
    }
    StubStream stream =
        new StubStream(Script.of(scenario, call, attempt.model(), said, instance), open::remove);
    open.add(stream);
    return stream;
  }

  @Override
  public Capabilities capabilities(String model) {
    return CAPABILITIES;
  }

  @Override
  public List<ModelInfo> models() {
    return Scenarios.MODELS.stream().map(id -> new ModelInfo(id, null, 0, instance.id())).toList();
  }

  @Override
  public void close() {
    open.forEach(StubStream::close);
  }

  private static boolean answersTool(Call call) {
    return call.messages().getLast().parts().stream().anyMatch(Part.ToolResult.class::isInstance);
  }

  /** Text of the last turn that is the user's or a tool's. */
  private static String lastUserText(Call call) {
    for (Message message : call.messages().reversed()) {
      if (message.role().equals(Role.USER) || message.role().equals(Role.TOOL)) {
        List<String> texts = new ArrayList<>();
        collect(message.parts(), texts);
        return String.join("\n", texts);
      }
    }
    return "";
  }

  private static void collect(List<Part> parts, List<String> texts) {
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        texts.add(text.text());
      } else if (part instanceof Part.ToolResult result) {
        collect(result.content(), texts);
      }
    }
  }

  private static Failure failure(Scenario scenario) {
    int status = scenario.trouble().status();
    FailureClass kind =
        switch (status) {
          case 401, 403 -> FailureClass.UPSTREAM_AUTH;
          case 402 -> FailureClass.QUOTA;
          case 404 -> FailureClass.NOT_FOUND;
          case 408, 504 -> FailureClass.TIMEOUT;
          case 409 -> FailureClass.CONFLICT;
          case 413 -> FailureClass.TOO_LARGE;
          case 429 -> FailureClass.RATE_LIMITED;
          case 503, 529 -> FailureClass.OVERLOADED;
          default -> status < 500 ? FailureClass.INVALID_REQUEST : FailureClass.UPSTREAM;
        };
    return Failure.builder(kind, "the stub was asked to fail with status " + status)
        .upstreamStatus(status)
        .recoverable(status == 429 || status >= 500 || status == 401 || status == 403)
        .retryAfter(scenario.trouble().retryAfter())
        .build();
  }
}
