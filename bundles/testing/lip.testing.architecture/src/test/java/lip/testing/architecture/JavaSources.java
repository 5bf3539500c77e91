package lip.testing.architecture;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles small sources that break, or keep, a rule. */
final class JavaSources {
  private JavaSources() {}

  /** Compiles against the test class path. */
  static Path compile(Map<String, String> sources, Path folder, String... options)
      throws IOException {
    Path classes = Files.createTempDirectory(folder, "classes");
    var arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    arguments.addAll(List.of(options));
    var messages = new StringWriter();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                messages,
                null,
                null,
                arguments,
                null,
                sources.entrySet().stream().map(s -> source(s.getKey(), s.getValue())).toList())
            .call();
    if (!compiled) {
      throw new IllegalStateException(messages.toString());
    }
    return classes;
  }

  private static JavaFileObject source(String name, String text) {
    URI uri = URI.create("string:///" + name.replace('.', '/') + ".java");
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
