package lip.testing.conformance.frontend;

import java.util.List;
import java.util.Map;
import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.sdk.backend.ModelInfo;
import lip.sdk.frontend.Frontend;

/**
 * A client of one frontend.
 *
 * @param frontend who serves its requests
 * @param path where it asks for answers
 */
public record TestClient(Frontend frontend, String path) {
  /** Asks for an answer, which the core gives. */
  public Served answered(String body, List<Event> events) throws Exception {
    return send(post(body), CapturingCalls.answering(events));
  }

  /** Asks for an answer, which the core cannot give. */
  public Served failed(String body, Failure failure) throws Exception {
    return send(post(body), CapturingCalls.failing(failure));
  }

  /**
   * Asks for the models at {@code /v1/models}.
   *
   * @param parameters values of the pattern's names, such as the id of one model
   */
  public Served models(Map<String, String> parameters, ModelInfo... models) throws Exception {
    return send(
        SampleRequest.get("/v1/models").with(parameters),
        CapturingCalls.answering(List.of()).withModels(List.of(models)));
  }

  /** A request for an answer, to go on with. */
  public SampleRequest post(String body) {
    return SampleRequest.post(path, body);
  }

  /** Sends any request. */
  public Served send(SampleRequest request, CapturingCalls calls) throws Exception {
    return Served.by(frontend, request, calls);
  }
}
