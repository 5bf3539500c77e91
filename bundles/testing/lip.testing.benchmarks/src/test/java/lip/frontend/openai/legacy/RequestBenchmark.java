package lip.frontend.openai.legacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import lip.api.call.Session;
import lip.api.tool.Tool;
import lip.support.json.Recurring;
import lip.testing.benchmarks.Requests;
import lip.testing.benchmarks.upstream.Dialect;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The body of a request; beside it what a parser needs that only looks at the tokens. */
@State(Scope.Thread)
public class RequestBenchmark {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final byte[] small = Requests.small(Dialect.CHAT, true);
  private final byte[] large = Requests.large(Dialect.CHAT, true);
  private final Recurring<List<Tool>> tools = new Recurring<>();

  @Benchmark
  public Object decodeSmall() throws BadRequest {
    return RequestDecoder.decode("t_1", "a:b", Session.NONE, small, new Recurring<>());
  }

  @Benchmark
  public Object decodeLarge() throws BadRequest {
    return RequestDecoder.decode("t_1", "a:b", Session.NONE, large, new Recurring<>());
  }

  @Benchmark
  public Object decodeLargeWithKnownTools() throws BadRequest {
    return RequestDecoder.decode("t_1", "a:b", Session.NONE, large, tools);
  }

  @Benchmark
  public int scanSmall() throws IOException {
    return scan(small);
  }

  @Benchmark
  public int scanLarge() throws IOException {
    return scan(large);
  }

  private static int scan(byte[] json) throws IOException {
    int tokens = 0;
    try (JsonParser parser = FACTORY.createParser(json)) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }
}
