package lip.core.http;

import java.io.InputStream;
import java.util.Map;
import lip.api.failure.Rejected;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.AnswerWriter;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.LastWords;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;

/** An exchange as its frontend sees it: what the client asked, and the ways to answer. */
final class FrontendExchange implements Exchange {
  private final RequestHead head;
  private final Map<String, String> parameters;
  private final RequestBody body;
  private final RecordWriter writer;
  private final ClientPresence client;
  private final Farewell farewell;
  private final Following.Host host;
  private volatile @Nullable Following following;

  FrontendExchange(
      RequestHead head,
      Map<String, String> parameters,
      RequestBody body,
      RecordWriter writer,
      ClientPresence client,
      Farewell farewell,
      Following.Host host) {
    this.head = head;
    this.parameters = parameters;
    this.body = body;
    this.writer = writer;
    this.client = client;
    this.farewell = farewell;
    this.host = host;
  }

  /** What the frontend left to the core; null = nothing. Any thread. */
  @Nullable Following following() {
    return following;
  }

  @Override
  public String method() {
    return head.method();
  }

  @Override
  public String path() {
    return head.path();
  }

  @Override
  public Map<String, String> parameters() {
    return parameters;
  }

  @Override
  public String query() {
    return head.query();
  }

  @Override
  public String traceId() {
    return head.traceId();
  }

  @Override
  public Headers headers() {
    return head.headers();
  }

  @Override
  public byte[] body() throws Rejected {
    return body.whole();
  }

  @Override
  public InputStream bodyStream() {
    return body.stream();
  }

  @Override
  public void respond(int status, Headers with, byte[] content) {
    writer.respond(status, with, content);
  }

  @Override
  public Records stream(int status, Headers with, byte[] keepAlive) {
    Records records = writer.prepare(status, with, keepAlive);
    client.begin();
    return records;
  }

  @Override
  public void follow(Answer answer, AnswerWriter with) {
    following = new Following(answer, with, writer, host);
  }

  @Override
  public boolean started() {
    return writer.started();
  }

  @Override
  public void lastWords(LastWords words) {
    farewell.leave(words);
  }
}
