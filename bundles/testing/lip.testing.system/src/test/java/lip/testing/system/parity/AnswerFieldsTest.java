package lip.testing.system.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import lip.testing.emulator.JsonValue;
import lip.testing.system.parity.ParityInstance.Dialect;
import lip.testing.system.parity.ParityInstance.Outcome;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the client gets of each field of an answer, in the same dialect and in the other one. */
@Tag("system")
class AnswerFieldsTest {
  private static final JsonValue.Obj QUESTION =
      (JsonValue.Obj)
          Verdict.json("{\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

  @RegisterExtension static final OwnParityInstance INSTANCE = new OwnParityInstance();

  @TestFactory
  Stream<DynamicTest> chat() {
    return tests(FieldTable.CHAT_ANSWER, Dialect.CHAT);
  }

  @TestFactory
  Stream<DynamicTest> chunks() {
    return tests(FieldTable.CHAT_CHUNK, Dialect.CHAT);
  }

  @TestFactory
  Stream<DynamicTest> messages() {
    return tests(FieldTable.MESSAGES_ANSWER, Dialect.MESSAGES);
  }

  @TestFactory
  Stream<DynamicTest> events() {
    return tests(FieldTable.MESSAGES_EVENT, Dialect.MESSAGES);
  }

  /** The check itself must be able to fail. */
  @Test
  void aWrongVerdictIsFound() {
    FieldRow reason =
        FieldTable.MESSAGES_ANSWER.rows().stream()
            .filter(row -> row.toString().equals("Message.stop_reason"))
            .findFirst()
            .orElseThrow();
    for (Verdict wrong :
        List.of(
            new Verdict.Kept(),
            new Verdict.Mapped("/choices/0/finish_reason", null),
            new Verdict.Lost(),
            new Verdict.Gone("/stop_reason"),
            new Verdict.Ours())) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> check(reason, Dialect.CHAT, Dialect.MESSAGES, wrong));
    }
  }

  private static Stream<DynamicTest> tests(FieldTable table, Dialect provider) {
    return table.rows().stream()
        .flatMap(row ->
            Stream.of(
                DynamicTest.dynamicTest(
                    row + ", same dialect", () -> check(row, provider, provider, row.same())),
                DynamicTest.dynamicTest(
                    row + ", other dialect",
                    () -> check(row, provider.other(), provider, row.other()))));
  }

  private static void check(FieldRow row, Dialect client, Dialect provider, Verdict verdict) {
    JsonValue with = row.with();
    boolean streamed = with instanceof JsonValue.Arr;
    String pointer =
        streamed ? row.pointer().substring(row.pointer().indexOf('/', 1)) : row.pointer();
    List<JsonValue> answers = answers(client, provider, with);
    switch (verdict) {
      case Verdict.Kept _ -> there(answers, pointer, row.value());
      case Verdict.Mapped(String place, JsonValue value) ->
          there(answers, place, value == null ? row.value() : value);
      case Verdict.Lost _ ->
          assertThat(normal(answers))
              .as("as without the field")
              .isEqualTo(normal(answers(client, provider, row.without())));
      case Verdict.Gone gone ->
          assertThat(normal(answers))
              .as("as without the object")
              .isEqualTo(normal(answers(client, provider, row.without(gone))));
      case Verdict.Ours _ ->
          assertThat(answers.stream().map(a -> Pointers.get(a, pointer)).filter(Objects::nonNull))
              .as(pointer)
              .isNotEmpty()
              .doesNotContain(JsonValue.Null.NULL);
      case Verdict.Refused _ -> throw new IllegalStateException("an answer cannot be refused");
    }
  }

  private static List<JsonValue> answers(Dialect client, Dialect provider, JsonValue answer) {
    boolean streamed = answer instanceof JsonValue.Arr;
    JsonValue.Obj question = QUESTION.with("stream", streamed);
    if (streamed && client == Dialect.CHAT) {
      question = question.with("stream_options", JsonValue.object("include_usage", true));
    }
    Outcome outcome = INSTANCE.get().answered(client, provider, "m", question, answer);
    assertThat(outcome.status()).as(outcome.answer()).isEqualTo(200);
    return streamed
        ? ParityInstance.records(outcome.answer()).elements()
        : List.of(ParityInstance.parsed(outcome.answer()));
  }

  /** Without what is new in each answer. */
  private static String normal(List<JsonValue> answers) {
    return answers
        .toString()
        .replaceAll("\"id\":\"(msg_|chatcmpl-|call_|toolu_)[^\"]*\"", "\"id\":\"\"")
        .replaceAll("\"created\":\\d+", "\"created\":0");
  }

  private static void there(List<JsonValue> answers, String pointer, JsonValue value) {
    assertThat(answers.stream().map(answer -> String.valueOf(Pointers.get(answer, pointer))))
        .as("%s in %s", pointer, answers)
        .contains(value.toString());
  }
}
