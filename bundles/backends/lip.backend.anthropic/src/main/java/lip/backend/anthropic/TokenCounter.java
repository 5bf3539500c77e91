package lip.backend.anthropic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Instance;
import lip.sdk.backend.Attempt;
import lip.sdk.fidelity.Fidelity;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Timeouts;
import lip.sdk.upstream.Upstream;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import lip.support.json.Splice;
import lip.support.provider.AnswerBody;
import lip.support.provider.Keys;
import lip.support.provider.Redaction;
import org.jspecify.annotations.Nullable;

/** Asks {@code /messages/count_tokens}; for a while not again where there is no such thing. */
final class TokenCounter {
  /** Members of a request for an answer that one for a count must not have. */
  private static final List<String> ANSWER_ONLY =
      List.of(
          "max_tokens",
          "stream",
          "stop_sequences",
          "temperature",
          "top_p",
          "top_k",
          "metadata",
          "service_tier",
          "container");

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Timeouts TIMEOUTS = new Timeouts(PATIENCE, PATIENCE, PATIENCE);
  private static final Duration REST = Duration.ofMinutes(10);
  private static final int MOST_BYTES = 64 * 1024;

  private final Instance instance;
  private final Upstream upstream;
  private final Endpoint endpoint;
  private final @Nullable String version;
  private volatile Instant notBefore = Instant.MIN;

  TokenCounter(Instance instance, Upstream upstream, Endpoint endpoint, @Nullable String version) {
    this.instance = instance;
    this.upstream = upstream;
    this.endpoint = endpoint;
    this.version = version;
  }

  OptionalLong count(Attempt attempt, Keys keys) throws UpstreamFailure {
    if (instance.clock().instant().isBefore(notBefore)) {
      return OptionalLong.empty();
    }
    RequestBody body =
        RequestBody.of(attempt.call(), attempt.model(), version, false, Fidelity.NOBODY);
    byte[] bytes = bytes(body);
    return keys.use(key -> ask(body, bytes, key));
  }

  private OptionalLong ask(RequestBody body, byte[] bytes, Keys.@Nullable Key key)
      throws UpstreamFailure {
    Headers headers =
        Endpoint.headers(body.version(), key)
            .plus("Content-Type", "application/json")
            .plus("Accept", "application/json");
    String path = "/messages/count_tokens";
    if (!body.betas().isEmpty()) {
      headers = headers.plus("anthropic-beta", String.join(",", body.betas()));
      path += "?beta=true";
    }
    Request request = new Request("POST", endpoint.resolve(path), headers, bytes, TIMEOUTS, false);
    try (Reply reply = upstream.send(request)) {
      int status = reply.status();
      if (status != 200) {
        byte[] why = AnswerBody.ofError(reply);
        boolean nobody = status == 404 || status == 405 || status == 501;
        // A 404 may also be about the model.
        if (nobody && !new String(why, StandardCharsets.UTF_8).contains("model")) {
          notBefore = instance.clock().instant().plus(REST);
          return OptionalLong.empty();
        }
        Redaction redaction = Redaction.of(key);
        throw new UpstreamFailure(
            new Failures(redaction, instance.clock().instant())
                .ofStatus(status, reply.headers(), why));
      }
      return tokens(reply.readAll(MOST_BYTES));
    }
  }

  private static OptionalLong tokens(byte[] body) throws UpstreamFailure {
    try {
      JsonReader reader = JsonReader.of(body);
      long tokens = -1;
      reader.beginObject();
      for (String name; (name = reader.nextMember()) != null; ) {
        if (name.equals("input_tokens")) {
          tokens = reader.integer();
        } else {
          reader.skip();
        }
      }
      return tokens < 0 ? OptionalLong.empty() : OptionalLong.of(tokens);
    } catch (MalformedJson e) {
      throw Failures.broken("the provider's count is not usable: " + e.getMessage());
    }
  }

  private static byte[] bytes(RequestBody body) {
    try {
      Splice splice = Splice.ofKnown(body.bytes());
      for (String name : ANSWER_ONLY) {
        if (splice.has(name)) {
          splice.remove(name);
        }
      }
      return splice.toBytes();
    } catch (MalformedJson e) {
      throw new IllegalStateException("we wrote it, or a frontend read it", e);
    }
  }
}
