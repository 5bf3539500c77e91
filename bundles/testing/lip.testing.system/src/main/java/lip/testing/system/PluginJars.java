package lip.testing.system;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import lip.api.call.Call;
import lip.sdk.Kind;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;

/** Builds test plugins as a plugin author would: javac, then bnd. Used by one thread. */
public final class PluginJars {
  private static final Map<String, List<String>> SOURCES =
      Map.of(
          "mark", List.of("MarkKind.java", "Settings.java"),
          "stamp", List.of("StampKind.java", "Settings.java"),
          "probe", List.of("ProbeKind.java", "Settings.java"),
          "touch", List.of("TouchKind.java", "Settings.java"),
          "sleeper", List.of("StuckKind.java", "Settings.java"),
          "activator", List.of("Starter.java"));

  private final Path work;
  private final Map<List<String>, Path> compiled = new HashMap<>();

  /** Builds below a folder. */
  public PluginJars(Path work) {
    this.work = work;
  }

  /**
   * Any plugin.
   *
   * @param name last part of its symbolic name and package, {@code lip.test.NAME}
   * @param sources Java sources by file name
   * @param headers more headers of the manifest, or others
   */
  public Path plugin(
      String name, String version, Map<String, String> sources, Map<String, String> headers) {
    Path jar = work.resolve(name + "-" + version + ".jar");
    return Files.exists(jar) ? jar : bundle(jar, name, version, compile(name, sources), headers);
  }

  /** The backend that sends numbered cells. */
  public Path mark(String name, String version) {
    return build("mark", name, version, "false", Map.of());
  }

  /** The same, but its instances cannot be made. */
  public Path markThatCannotBeMade(String name, String version) {
    return build("mark", name, version, "true", Map.of());
  }

  /** The feature that puts its version into each cell. */
  public Path stamp(String name, String version) {
    return build("stamp", name, version, "false", Map.of());
  }

  /** The frontend with a route of its own. */
  public Path probe(String name, String version) {
    return build("probe", name, version, "false", Map.of());
  }

  /** The feature that makes a new call of each call for a model {@code …-touched}. */
  public Path touch(String name) {
    return build("touch", name, "1.0.0", "false", Map.of());
  }

  /** A backend that sleeps for ever behind its first word. */
  public Path sleeper(String name) {
    return build("sleeper", name, "1.0.0", "false", Map.of());
  }

  /** A backend that burns a core for ever behind its first word. */
  public Path burner(String name) {
    return build("sleeper", name, "1.0.0", "true", Map.of());
  }

  /** A bundle that throws when it is started. */
  public Path throwing(String name) {
    return build(
        "activator",
        name,
        "1.0.0",
        "false",
        Map.of("Bundle-Activator", "lip.test." + name + ".Starter"));
  }

  /** A bundle that needs a package which nobody has. */
  public Path unresolvable(String name) {
    return build("activator", name, "1.0.0", "false", Map.of("Import-Package", "no.such.thing, *"));
  }

  /** A file that is text, whatever it is called. */
  public Path text(String name) {
    try {
      return Files.writeString(work.resolve(name + ".txt"), "this is text");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A jar without a symbolic name. */
  public Path noBundle(String name) {
    Path jar = work.resolve(name + ".jar");
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("hello.txt"));
      out.write("hello".getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar;
  }

  /**
   * A bundle of the distribution again, with another version and one text replaced in its
   * resources.
   */
  public Path reissued(Path original, String version, String text, String replacement) {
    Path jar = work.resolve("reissued-" + version + "-" + original.getFileName());
    try (var source = new JarFile(original.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (var entry : source.stream().toList()) {
        byte[] bytes;
        try (InputStream in = source.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        String name = entry.getName();
        if (name.equals("META-INF/MANIFEST.MF")) {
          String manifest = new String(bytes, StandardCharsets.UTF_8);
          bytes =
              manifest
                  .replaceAll("(?m)^Bundle-Version: .*$", "Bundle-Version: " + version)
                  .getBytes(StandardCharsets.UTF_8);
        } else if (name.startsWith("OSGI-INF/metatype/")) {
          bytes =
              new String(bytes, StandardCharsets.UTF_8)
                  .replace(text, replacement)
                  .getBytes(StandardCharsets.UTF_8);
        }
        out.putNextEntry(new ZipEntry(name));
        out.write(bytes);
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar;
  }

  private Path build(
      String template, String name, String version, String flag, Map<String, String> headers) {
    Path jar = work.resolve(template + "-" + name + "-" + version + "-" + flag + ".jar");
    if (Files.exists(jar)) {
      return jar;
    }
    Path classes =
        compiled.computeIfAbsent(List.of(template, name, flag), _ -> compile(template, name, flag));
    return bundle(jar, name, version, classes, headers);
  }

  private static Path bundle(
      Path jar, String name, String version, Path classes, Map<String, String> headers) {
    try (Builder builder = new Builder(new Processor())) {
      builder.setProperty("Bundle-SymbolicName", "lip.test." + name);
      builder.setProperty("Bundle-Version", version);
      builder.setProperty("Private-Package", "lip.test." + name);
      builder.setProperty("-noextraheaders", "true");
      builder.setProperty("-noimportjava", "true");
      builder.setProperty("Import-Package", "!org.jspecify.annotations,*");
      headers.forEach(builder::setProperty);
      List<java.io.File> path = new ArrayList<>(List.of(classes.toFile()));
      libraries().forEach(library -> path.add(library.toFile()));
      builder.setClasspath(path.toArray(java.io.File[]::new));
      Jar built = builder.build();
      if (!builder.isOk() && !builder.getErrors().isEmpty()) {
        throw new IllegalStateException("bnd: " + builder.getErrors());
      }
      built.write(jar.toFile());
      return jar;
    } catch (Exception e) {
      throw new IllegalStateException(
          "cannot build " + jar.getFileName() + ": " + e.getMessage(), e);
    }
  }

  private Path compile(String template, String name, String flag) {
    Map<String, String> sources = new HashMap<>();
    for (String file : SOURCES.getOrDefault(template, List.of())) {
      sources.put(
          file,
          resource("plugins/" + template + "/" + file)
              .replace("lip.test.NAME", "lip.test." + name)
              .replace("NAME", name)
              .replace("IS_BROKEN", flag)
              .replace("IS_BURNING", flag));
    }
    return compile(template + "-" + name, sources);
  }

  private Path compile(String label, Map<String, String> texts) {
    try {
      Path folder = Files.createTempDirectory(work, label + "-");
      Path sources = Files.createDirectories(folder.resolve("src"));
      Path classes = Files.createDirectories(folder.resolve("classes"));
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--release",
                  "25",
                  "-proc:none",
                  "-d",
                  classes.toString(),
                  "-cp",
                  libraries().map(Path::toString).collect(Collectors.joining(":"))));
      for (Map.Entry<String, String> text : texts.entrySet()) {
        Path source = sources.resolve(text.getKey());
        Files.writeString(source, text.getValue());
        arguments.add(source.toString());
      }
      compile(arguments);
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(List<String> arguments) {
    @Nullable JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("needs a JDK, this Java has no compiler");
    }
    var problems = new StringWriter();
    int result =
        compiler.run(
            null,
            null,
            new java.io.OutputStream() {
              @Override
              public void write(int b) {
                problems.write(b);
              }
            },
            arguments.toArray(String[]::new));
    if (result != 0) {
      throw new IllegalStateException("javac: " + problems);
    }
  }

  private static Stream<Path> libraries() {
    return Stream.of(
            Call.class,
            Kind.class,
            BundleContext.class,
            Component.class,
            ObjectClassDefinition.class,
            Logger.class,
            JsonFactory.class,
            org.osgi.annotation.versioning.ConsumerType.class,
            Nullable.class)
        .map(PluginJars::home);
  }

  private static Path home(Class<?> type) {
    try {
      URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(location);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) {
    try (@Nullable InputStream in = PluginJars.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
