package lip.test.NAME;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(factoryPid = "lip.test.NAME", name = "Test feature NAME")
public interface Settings {
  @AttributeDefinition(defaultValue = "false")
  boolean fail_closed();

  @AttributeDefinition(defaultValue = "0")
  int hold();

  @AttributeDefinition(defaultValue = "x")
  String only();
}
