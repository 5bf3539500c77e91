package lip.core.http.listener;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code lip.diagnostics}. */
@ObjectClassDefinition(
    pid = "lip.diagnostics",
    name = "Diagnostics",
    description = "Health and readiness on the data listener")
public interface DiagnosticsSettings {
  /** Path of health. */
  @AttributeDefinition(defaultValue = "/healthz", description = "answers while the process lives")
  String health_path();

  /** Path of readiness. */
  @AttributeDefinition(
      defaultValue = "/readyz",
      description = "answers 200 when every mandatory plugin is live, else 503 with reasons")
  String ready_path();
}
