package lip.testing.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The results to read, and the results to process. */
final class Report {
  private final Map<String, String> compared = Relay.compared();
  private final Results results;
  private final Options options;

  Report(Results results, Options options) {
    this.results = results;
    this.options = options;
  }

  String table() {
    var text = new StringBuilder();
    text.append(
        "%n%d rounds, load average before each: %s%n%n".formatted(results.rounds(), loads()));
    text.append("| figure, median | ")
        .append(String.join(" | ", results.targets()))
        .append(" |\n|");
    text.append("---|".repeat(results.targets().size() + 1)).append('\n');
    for (String figure : results.names()) {
      text.append("| ").append(figure);
      for (String target : results.targets()) {
        text.append(" | ").append(cell(target, figure));
      }
      text.append(" |\n");
    }
    for (String product : options.distributions().keySet()) {
      if (results.targets().contains(product)) {
        goals(text, product);
      }
    }
    results.failures().forEach((where, why) -> text.append("\nFAILED: " + where + ": " + why));
    return text.toString();
  }

  private String loads() {
    return Arrays.stream(results.loads()).mapToObj(Goal::shown).collect(Collectors.joining(", "));
  }

  private String cell(String target, String figure) {
    double median = results.median(target, figure);
    if (!Double.isFinite(median)) {
      return results.failed(figure.substring(0, figure.lastIndexOf('.')), target) ? "failed" : "-";
    }
    String cell = Goal.shown(median);
    String plain = compared.get(figure);
    if (plain != null && !target.equals("nginx")) {
      Results.Quartiles ratio = results.ratio(target, figure, plain);
      if (Double.isFinite(ratio.median())) {
        cell +=
            " (%sx, %s..%s)"
                .formatted(
                    Goal.shown(ratio.median()), Goal.shown(ratio.low()), Goal.shown(ratio.high()));
      }
    }
    return cell;
  }

  private void goals(StringBuilder text, String product) {
    text.append("\n| case | goal of ").append(product);
    text.append(" | measured | limit | stretch | |\n|---|---|---|---|---|---|\n");
    Goal.all(options.pairs()).forEach(goal -> text.append(goal.row(results, product)).append('\n'));
  }

  String json() throws IOException {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeArrayFieldStart("load.average");
      for (double load : results.loads()) {
        json.writeNumber(load);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("failures");
      for (var failure : results.failures().entrySet()) {
        json.writeStringField(failure.getKey(), failure.getValue());
      }
      json.writeEndObject();
      json.writeObjectFieldStart("figures");
      for (String target : results.targets()) {
        json.writeObjectFieldStart(target);
        for (String figure : results.names()) {
          values(json, target, figure);
        }
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    return text + "\n";
  }

  private void values(JsonGenerator json, String target, String figure) throws IOException {
    double[] values = results.values(target, figure);
    if (values.length == 0) {
      return;
    }
    json.writeArrayFieldStart(figure);
    for (double value : values) {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }
}
