package lip.testing.system.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import lip.testing.emulator.JsonValue;
import lip.testing.system.parity.ParityInstance.Dialect;
import lip.testing.system.parity.ParityInstance.Outcome;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the provider gets of each field of a request: from a body that nobody changed, from one that
 * a feature changed, and in the other dialect.
 */
@Tag("system")
class RequestFieldsTest {
  @RegisterExtension static final OwnParityInstance INSTANCE = new OwnParityInstance();

  @TestFactory
  Stream<DynamicTest> chat() {
    return tests(FieldTable.CHAT_REQUEST, Dialect.CHAT);
  }

  @TestFactory
  Stream<DynamicTest> messages() {
    return tests(FieldTable.MESSAGES_REQUEST, Dialect.MESSAGES);
  }

  /** The check itself must be able to fail. */
  @Test
  void aWrongVerdictIsFound() {
    FieldRow seed =
        FieldTable.CHAT_REQUEST.rows().stream()
            .filter(row -> row.field().equals("seed"))
            .findFirst()
            .orElseThrow();
    for (Verdict wrong :
        List.of(
            new Verdict.Kept(),
            new Verdict.Mapped("/temperature", null),
            new Verdict.Refused(""))) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> check(seed, Dialect.CHAT, Dialect.MESSAGES, "m", wrong));
    }
    for (Verdict wrong : List.of(new Verdict.Lost(), new Verdict.Gone("/seed"))) {
      FieldRow there = seed.in(seed.with());
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> check(there, Dialect.CHAT, Dialect.CHAT, "m", wrong));
    }
  }

  private static Stream<DynamicTest> tests(FieldTable table, Dialect from) {
    return table.rows().stream()
        .flatMap(row ->
            Stream.of(
                DynamicTest.dynamicTest(
                    row + ", same dialect", () -> check(row, from, from, "m", row.same())),
                DynamicTest.dynamicTest(
                    row + ", changed by a feature",
                    () -> check(row, from, from, "m-touched", row.changed())),
                DynamicTest.dynamicTest(
                    row + ", other dialect",
                    () -> check(row, from, from.other(), "m", row.other()))));
  }

  private static void check(FieldRow row, Dialect from, Dialect to, String model, Verdict verdict) {
    JsonValue with = row.with();
    Outcome outcome = INSTANCE.get().send(from, to, model, with, row.head());
    switch (verdict) {
      case Verdict.Kept _ -> there(outcome, row.pointer(), row.value());
      case Verdict.Mapped(String pointer, JsonValue value) ->
          there(outcome, pointer, value == null ? row.value() : value);
      case Verdict.Lost _ ->
          assertThat(outcome.upstream().toString())
              .as("as without the field")
              .isEqualTo(sent(row, from, to, model, row.without()));
      case Verdict.Gone gone ->
          assertThat(outcome.upstream().toString())
              .as("as without the object")
              .isEqualTo(sent(row, from, to, model, row.without(gone)));
      case Verdict.Refused(String word) -> {
        assertThat(outcome.sent()).as("nothing goes out").isNull();
        assertThat(outcome.status()).isEqualTo(400);
        assertThat(outcome.answer()).contains(word.isEmpty() ? row.field() : word);
      }
      case Verdict.Ours _ ->
          assertThat(Pointers.get(outcome.upstream(), row.pointer()))
              .as(outcome.sent())
              .isNotNull()
              .isEqualTo(
                  Pointers.get(
                      INSTANCE.get().send(from, to, model, row.without(), row.head()).upstream(),
                      row.pointer()));
    }
  }

  private static String sent(FieldRow row, Dialect from, Dialect to, String model, JsonValue body) {
    return INSTANCE.get().send(from, to, model, body, row.head()).upstream().toString();
  }

  private static void there(Outcome outcome, String pointer, JsonValue value) {
    assertThat(String.valueOf(Pointers.get(outcome.upstream(), pointer)))
        .as("%s of %s", pointer, outcome.sent())
        .isEqualTo(value.toString());
  }
}
