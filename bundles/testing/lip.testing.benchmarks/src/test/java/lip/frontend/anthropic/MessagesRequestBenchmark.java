package lip.frontend.anthropic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import lip.api.tool.Tool;
import lip.sdk.http.Headers;
import lip.support.anthropic.messages.Names;
import lip.support.json.Recurring;
import lip.testing.benchmarks.Requests;
import lip.testing.benchmarks.upstream.Dialect;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The body of a request; beside it what a parser needs that only looks at the tokens. */
@State(Scope.Thread)
public class MessagesRequestBenchmark {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final byte[] large = Requests.large(Dialect.MESSAGES, true);
  private final RequestHead head =
      new RequestHead("t_1", "a:b", Names.VERSION_2023, List.of(), Headers.NONE);
  private final Recurring<List<Tool>> tools = new Recurring<>();

  @Benchmark
  public Object decodeLarge() throws BadRequest {
    return RequestDecoder.decode(head, large, false, new Recurring<>());
  }

  @Benchmark
  public Object decodeLargeWithKnownTools() throws BadRequest {
    return RequestDecoder.decode(head, large, false, tools);
  }

  @Benchmark
  public int scanLarge() throws IOException {
    int tokens = 0;
    try (JsonParser parser = FACTORY.createParser(large)) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }
}
