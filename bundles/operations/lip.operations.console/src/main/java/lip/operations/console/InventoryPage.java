package lip.operations.console;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import lip.core.gateway.Inventory.FactView;
import lip.core.gateway.Inventory.FidelityView;
import lip.core.gateway.Inventory.FileView;
import lip.core.gateway.Inventory.InstanceView;
import lip.core.gateway.Inventory.KindView;
import lip.core.gateway.Inventory.Problem;
import lip.core.gateway.Inventory.StageView;
import lip.core.gateway.Inventory.View;
import org.jspecify.annotations.Nullable;

/** The inventory as the body of a console page. Plain HTML; every text from outside is escaped. */
final class InventoryPage {
  private static final String STYLE =
      """
      <style>
      .lip table{border-collapse:collapse;width:100%;margin:0 0 1.2em}
      .lip th,.lip td{border:1px solid #ccc;padding:3px 7px;text-align:left;vertical-align:top}
      .lip th{background:#eee}.lip h3{margin:.8em 0 .3em}
      .lip .active,.lip .live,.lip .applied{color:#176d2c;font-weight:bold}
      .lip .failed,.lip .invalid,.lip .refused,.lip .unresolved,.lip .quarantined{color:#a11;font-weight:bold}
      .lip .draining,.lip .starting,.lip .waiting,.lip .unclaimed,.lip .disabled{color:#8a5a00;font-weight:bold}
      .lip form{display:inline}.lip td.reason{white-space:pre-wrap}
      </style>
      """;

  private final PrintWriter out;

  InventoryPage(PrintWriter out) {
    this.out = out;
  }

  void write(View view, List<FileView> files, String self) {
    out.print(STYLE);
    out.print("<div class=\"lip\"><p class=\"statline\">Generation ");
    out.print(view.generation());
    out.print(", published " + time(view.published()) + ", ");
    out.print(view.exchanges() + " open exchanges. The same as JSON: <a href=\"");
    out.print(escape(self) + ".json\">lip.json</a></p>");
    instances(view.instances(), self);
    facts(view.instances());
    problems(view.problems());
    files(files);
    kinds(view.kinds());
    stages(view.stages());
    fidelity(view.fidelity());
    out.print("</div>");
  }

  private void instances(List<InstanceView> instances, String self) {
    head(
        "Instances",
        "Family",
        "Id",
        "State",
        "Kind",
        "Bundle",
        "Leases",
        "Calls",
        "Errors",
        "Stages and routes",
        "Since",
        "Reason",
        "");
    for (InstanceView i : instances) {
      out.print("<tr>");
      cell(i.family());
      cell(i.id());
      state(i.state());
      cell(i.kind());
      cell(i.bundle().isEmpty() ? "" : i.bundle() + " " + i.version());
      cell(String.valueOf(i.leases()));
      cell(String.valueOf(i.calls()));
      cell(String.valueOf(i.errors()));
      cell(String.join(", ", i.stages()) + String.join(", ", i.claims()));
      cell(time(i.changed()));
      reason(i.reason());
      out.print("<td>");
      if (i.bundleId() > 0) {
        action(self, "stop", i.bundleId(), "Stop");
        action(self, "uninstall", i.bundleId(), "Uninstall");
      }
      out.print("</td></tr>");
    }
    out.print("</table>");
  }

  private void facts(List<InstanceView> instances) {
    if (instances.stream().allMatch(instance -> instance.facts().isEmpty())) {
      return;
    }
    head("What backends say about themselves", "Instance", "Topic", "Name", "State");
    for (InstanceView i : instances) {
      for (FactView f : i.facts()) {
        out.print("<tr>");
        cell(i.id());
        cell(f.topic());
        cell(f.name());
        cell(f.state());
        out.print("</tr>");
      }
    }
    out.print("</table>");
  }

  private void problems(List<Problem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    head("Not in force", "What", "Reason", "Since");
    for (Problem p : problems) {
      out.print("<tr>");
      cell(p.subject());
      reason(p.reason());
      cell(time(p.since()));
      out.print("</tr>");
    }
    out.print("</table>");
  }

  private void files(List<FileView> files) {
    head("Watched files", "File", "State", "Version", "Bundle", "SHA-256", "Since", "Reason");
    for (FileView f : files) {
      out.print("<tr>");
      cell(f.file());
      state(f.state());
      cell(f.version());
      cell(f.bundleId() < 0 ? "" : String.valueOf(f.bundleId()));
      cell(f.digest());
      cell(time(f.since()));
      reason(f.reason());
      out.print("</tr>");
    }
    out.print("</table>");
  }

  private void kinds(List<KindView> kinds) {
    head("Kinds", "Family", "Id", "PID", "Bundle", "Version", "Privileges", "Note");
    for (KindView k : kinds) {
      out.print("<tr>");
      cell(k.family());
      cell(k.id());
      cell(k.pid() == null ? "" : k.pid());
      cell(k.bundle() + " (" + k.bundleId() + ")");
      cell(k.version());
      cell(String.join(", ", k.privileges()));
      reason(k.problem() != null ? k.problem() : k.superseded() ? "superseded" : null);
      out.print("</tr>");
    }
    out.print("</table>");
  }

  private void stages(List<StageView> stages) {
    head("Stages", "Stage", "Default failure", "Handlers in force");
    for (StageView s : stages) {
      out.print("<tr>");
      cell(s.id());
      cell(s.failure());
      cell(String.join(", ", s.handlers()));
      out.print("</tr>");
    }
    out.print("</table>");
  }

  private void fidelity(List<FidelityView> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    head(
        "Not passed unchanged",
        "Frontend",
        "Backend",
        "Requests",
        "Mapped",
        "Lost",
        "Lost last",
        "Last request");
    for (FidelityView f : pairs) {
      out.print("<tr>");
      cell(f.frontend());
      cell(f.backend());
      cell(String.valueOf(f.requests()));
      cell(String.valueOf(f.mapped()));
      cell(String.valueOf(f.lost()));
      cell(String.join(", ", f.lastLost()));
      cell(time(f.last()));
      out.print("</tr>");
    }
    out.print("</table>");
  }

  private void head(String title, String... columns) {
    out.print("<h3>" + escape(title) + "</h3><table class=\"nicetable\"><tr>");
    for (String column : columns) {
      out.print("<th>" + escape(column) + "</th>");
    }
    out.print("</tr>");
  }

  private void action(String self, String action, long bundle, String label) {
    out.print("<form method=\"post\" action=\"" + escape(self) + "\">");
    out.print("<input type=\"hidden\" name=\"action\" value=\"" + action + "\">");
    out.print("<input type=\"hidden\" name=\"bundle\" value=\"" + bundle + "\">");
    out.print("<input type=\"submit\" value=\"" + label + "\"></form> ");
  }

  private void cell(String text) {
    out.print("<td>" + escape(text) + "</td>");
  }

  private void state(String state) {
    out.print("<td class=\"" + escape(state) + "\">" + escape(state) + "</td>");
  }

  private void reason(@Nullable String reason) {
    out.print("<td class=\"reason\">" + (reason == null ? "" : escape(reason)) + "</td>");
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }
}
