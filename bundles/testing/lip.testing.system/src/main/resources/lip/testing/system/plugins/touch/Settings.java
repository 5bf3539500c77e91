package lip.test.NAME;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(factoryPid = "lip.test.NAME", name = "Test feature NAME")
public interface Settings {}
