package lip.test.cage;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(factoryPid = "lip.test.cage.front", name = "Zoo")
public interface FrontSettings {}
