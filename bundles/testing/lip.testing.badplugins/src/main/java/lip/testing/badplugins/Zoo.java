package lip.testing.badplugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import lip.testing.system.Bystanders;
import lip.testing.system.Connection;
import lip.testing.system.Instance;
import lip.testing.system.PluginJars;
import lip.testing.system.Tree;
import org.jspecify.annotations.Nullable;

/** A running distribution with a well-behaved backend, and the cage. Used by one thread. */
final class Zoo implements AutoCloseable {
  /** The well-behaved backend. */
  static final String GOOD = "mark";

  private static final List<String> CAGE =
      List.of(
          "Fault.java",
          "CageBack.java",
          "CageFeat.java",
          "CageFront.java",
          "BackSettings.java",
          "FeatSettings.java",
          "FrontSettings.java");

  private final Instance instance;
  private final PluginJars jars;

  /** Starts it. */
  Zoo(Path folder) {
    instance = new Instance(folder.resolve("run"));
    jars = new PluginJars(folder);
    instance.config("lip.plugins.cfg", "drain.timeout = 2s\n");
    instance.drop(jars.mark(GOOD, "1.0.0"), "mark.jar");
    instance.drop(jars.plugin("cage", "1.0.0", cage(), Map.of()), "cage.jar");
    instance.start();
    for (String id : List.of(GOOD, "cage", "cage-feature", "cage-frontend")) {
      instance.await(id + " is active", tree -> state(tree, id).equals("active"));
    }
  }

  Instance instance() {
    return instance;
  }

  private static Map<String, String> cage() {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String file : CAGE) {
      try (@Nullable InputStream in = Zoo.class.getResourceAsStream("cage/" + file)) {
        if (in == null) {
          throw new IllegalStateException("no resource " + file);
        }
        sources.put(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sources;
  }

  /** Streams that must not notice. */
  Bystanders bystanders() {
    return Bystanders.begin(instance, GOOD, 10, "30x50");
  }

  /** Drops a misfit. */
  void drop(Misfit misfit, Map<String, String> headers) {
    instance.drop(
        jars.plugin(misfit.name(), "1.0.0", misfit.sources(), headers), misfit.name() + ".jar");
  }

  void drop(Misfit misfit) {
    drop(misfit, Map.of());
  }

  /** Drops a backend that sleeps for ever behind its first word, and waits for it. */
  void dropSleeper(String name) {
    instance.drop(jars.sleeper(name), name + ".jar");
    instance.await(name + " is active", tree -> state(tree, name).equals("active"));
  }

  /** Makes it its own provider: {@code loop:} before a model leads over HTTP. */
  void loop() {
    instance.config(
        "lip.backend.openai.legacy~loop.cfg",
        "base.url = http://127.0.0.1:" + instance.port() + "/v1\nmodels = x\n");
    instance.await("loop is active", tree -> state(tree, "loop").equals("active"));
  }

  /** Takes a misfit away again. */
  void remove(Misfit misfit) {
    instance.remove(misfit.name() + ".jar");
  }

  /** Waits until the inventory says something of somebody. */
  void awaitSaid(String who, String what) {
    instance.await(
        who + ": " + what,
        tree -> said(tree).stream().anyMatch(one -> one.contains(who) && one.contains(what)));
  }

  /** All that the inventory says: who, state, why. */
  static List<String> said(Tree inventory) {
    List<String> all = new ArrayList<>();
    for (Tree one : inventory.at("instances").list()) {
      all.add(
          one.at("pid").text()
              + " "
              + one.at("id").text()
              + " "
              + one.at("state").text()
              + " "
              + one.at("reason").text());
    }
    for (Tree one : inventory.at("kinds").list()) {
      all.add(one.at("bundle").text() + " " + one.at("id").text() + " " + one.at("problem").text());
    }
    for (Tree one : inventory.at("problems").list()) {
      all.add(one.at("subject").text() + " " + one.at("reason").text());
    }
    for (Tree one : inventory.at("files").list()) {
      all.add(one.at("file").text() + " " + one.at("state").text() + " " + one.at("reason").text());
    }
    return all;
  }

  static String state(Tree inventory, String id) {
    return instances(inventory, id).stream()
        .map(one -> one.at("state").text())
        .findFirst()
        .orElse("");
  }

  /** Errors counted for an instance. */
  long errors(String id) {
    return instances(instance.inventory(), id).stream()
        .mapToLong(one -> one.at("errors").number())
        .sum();
  }

  /** Requests that hold an instance. */
  static long leases(Tree inventory, String id) {
    return instances(inventory, id).stream().mapToLong(one -> one.at("leases").number()).sum();
  }

  private static List<Tree> instances(Tree inventory, String id) {
    Predicate<Tree> named = one -> one.at("id").text().equals(id);
    return inventory.at("instances").list().stream().filter(named).toList();
  }

  /** An answer: its status, its body, and whether it broke off. */
  record Reply(int status, String body, boolean broken) {
    /** The caged backend's answer from its first to its last event. */
    boolean whole() {
      return status == 200 && !broken && body.contains("word") && body.contains("[DONE]");
    }

    /** An error that a client can read: as status, or as a record inside the stream. */
    boolean toldError() {
      return (status >= 400 && !body.isBlank())
          || (status == 200 && body.contains("\"error\"") && !body.contains("[DONE]"));
    }
  }

  /** A streamed chat completion of a model. */
  Reply chat(String model) throws IOException {
    return chat(model, "");
  }

  /** The same, with a tool. */
  Reply chatWithTool(String model) throws IOException {
    return chat(
        model,
        ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\",\"parameters\":{}}}]");
  }

  private Reply chat(String model, String more) throws IOException {
    return request(
        "POST",
        "/v1/chat/completions",
        "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]%s}"
            .formatted(model, more));
  }

  Reply request(String method, String path, String body) throws IOException {
    try (var connection = new Connection(instance.port())) {
      int status =
          connection.request(
              method,
              path,
              Map.of("Content-Type", "application/json"),
              body.getBytes(StandardCharsets.UTF_8));
      var all = new StringBuilder();
      boolean broken = false;
      try {
        for (byte[] piece = connection.next(); piece != null; piece = connection.next()) {
          all.append(new String(piece, StandardCharsets.UTF_8));
        }
      } catch (java.io.EOFException e) {
        broken = true;
      }
      return new Reply(status, all.toString(), broken);
    }
  }

  @Override
  public void close() {
    instance.close();
  }
}
