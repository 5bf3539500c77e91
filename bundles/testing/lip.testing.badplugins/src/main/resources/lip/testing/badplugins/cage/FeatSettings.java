package lip.test.cage;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(factoryPid = "lip.test.cage.feat", name = "Zoo")
public interface FeatSettings {}
