package lip.frontend.openai.legacy;

import java.util.List;
import java.util.regex.Pattern;
import lip.api.Dialect;
import lip.sdk.frontend.Frontend;
import lip.testing.conformance.frontend.AnswerContract;
import lip.testing.conformance.frontend.ClaimContract;
import lip.testing.conformance.frontend.DecodingContract;
import lip.testing.conformance.frontend.FailureRenderingContract;
import lip.testing.conformance.frontend.SampleRequest;

class OpenAiLegacyContractTest
    implements ClaimContract, DecodingContract, AnswerContract, FailureRenderingContract {
  private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");
  private static final String PATH = "/v1/chat/completions";

  @Override
  public Frontend frontend() {
    return new OpenAiLegacyFrontend();
  }

  @Override
  public Dialect dialect() {
    return Dialect.OPENAI_CHAT;
  }

  @Override
  public SampleRequest streamed() {
    return request("\"stream\":true,");
  }

  @Override
  public SampleRequest whole() {
    return request("");
  }

  private static SampleRequest request(String more) {
    return SampleRequest.post(
        PATH,
        "{\"model\":\"test-model\","
            + more
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
  }

  @Override
  public List<SampleRequest> malformed() {
    return List.of(
        SampleRequest.post(PATH, ""),
        SampleRequest.post(PATH, "{"),
        SampleRequest.post(PATH, "[]"),
        SampleRequest.post(PATH, "{\"model\":\"test-model\"}"),
        SampleRequest.post(PATH, "{\"model\":7,\"messages\":[]}"),
        SampleRequest.post(PATH, "{\"model\":\"test-model\",\"messages\":\"hello\"}"),
        SampleRequest.post(PATH, "{\"model\":\"test-model\",\"messages\":[]} trailing"));
  }

  @Override
  public String textOf(String body) {
    return AnswerContract.joined(CONTENT, body);
  }
}
