package lip.frontend.anthropic;

import java.util.List;
import java.util.regex.Pattern;
import lip.api.Dialect;
import lip.api.failure.FailureClass;
import lip.sdk.frontend.Frontend;
import lip.testing.conformance.frontend.AnswerContract;
import lip.testing.conformance.frontend.ClaimContract;
import lip.testing.conformance.frontend.DecodingContract;
import lip.testing.conformance.frontend.FailureRenderingContract;
import lip.testing.conformance.frontend.SampleRequest;

class AnthropicContractTest
    implements ClaimContract, DecodingContract, AnswerContract, FailureRenderingContract {
  private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]*)\"");
  private static final String PATH = "/v1/messages";

  @Override
  public Frontend frontend() {
    return new AnthropicFrontend();
  }

  @Override
  public Dialect dialect() {
    return Dialect.ANTHROPIC;
  }

  @Override
  public SampleRequest streamed() {
    return request("\"stream\":true,");
  }

  @Override
  public SampleRequest whole() {
    return request("");
  }

  /** This protocol has statuses of its own for two classes. */
  @Override
  public int status(FailureClass kind) {
    return kind.equals(FailureClass.QUOTA)
        ? 402
        : kind.equals(FailureClass.OVERLOADED) ? 529 : kind.httpStatus();
  }

  private static SampleRequest request(String more) {
    return SampleRequest.post(
        PATH,
        "{\"model\":\"test-model\",\"max_tokens\":10,"
            + more
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
  }

  @Override
  public List<SampleRequest> malformed() {
    return List.of(
        SampleRequest.post(PATH, ""),
        SampleRequest.post(PATH, "{"),
        SampleRequest.post(PATH, "[]"),
        SampleRequest.post(PATH, "{\"model\":\"test-model\",\"max_tokens\":1}"),
        SampleRequest.post(PATH, "{\"model\":7,\"max_tokens\":1,\"messages\":[]}"),
        SampleRequest.post(
            PATH, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"),
        SampleRequest.post(PATH, "{\"model\":\"m\",\"max_tokens\":1,\"messages\":\"hello\"}"),
        SampleRequest.post(PATH, "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[]} trailing"));
  }

  @Override
  public String textOf(String body) {
    return AnswerContract.joined(TEXT, body);
  }
}
