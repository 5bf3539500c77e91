package lip.test.cage;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(factoryPid = "lip.test.cage.back", name = "Zoo")
public interface BackSettings {}
