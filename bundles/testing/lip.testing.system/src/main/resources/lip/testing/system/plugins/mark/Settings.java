package lip.test.NAME;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(factoryPid = "lip.test.NAME", name = "Test backend NAME")
public interface Settings {
  @AttributeDefinition(defaultValue = "a")
  String label();

  @AttributeDefinition(defaultValue = "true")
  boolean creates();

  @AttributeDefinition(defaultValue = "1s")
  @lip.sdk.settings.Range(min = "1ms", max = "1m")
  java.time.Duration patience();
}
