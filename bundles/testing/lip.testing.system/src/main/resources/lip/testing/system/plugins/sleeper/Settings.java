package lip.test.NAME;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(factoryPid = "lip.test.NAME", name = "Test frontend NAME")
public interface Settings {}
