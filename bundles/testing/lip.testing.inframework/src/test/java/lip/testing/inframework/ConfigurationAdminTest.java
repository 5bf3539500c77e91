package lip.testing.inframework;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Settings that come from Config Admin itself, as the console writes them; no file is touched. */
@Tag("system")
@ExtendWith(InFramework.class)
class ConfigurationAdminTest {
  private static final String STUB = "lip.backend.stub";

  @Test
  void aFactoryConfigurationIsAnInstance(Platform platform) {
    Remote configuration = stub(platform, "direct", "?");
    configuration.call("update", values(Map.of("text", "first answer")));
    answers(platform, "direct", "first answer");
    written(platform, configuration, STUB + "~direct.cfg", "first answer");

    configuration.call("update", values(Map.of("text", "second answer")));
    answers(platform, "direct", "second answer");
    written(platform, configuration, STUB + "~direct.cfg", "second answer");

    Map<String, String> wrong = Map.of("text", "third answer", "error.status", "7");
    refused(platform, configuration, wrong, STUB + "~direct");
    assertThat(value(configuration, "text")).isEqualTo("second answer");
    assertThat(platform.ask("direct:stub-default"))
        .isEqualTo(new Platform.Answer(200, "second answer"));
    assertThat(platform.config(STUB + "~direct.cfg")).doesNotContain("third", "error.status");

    configuration.call("delete");
    Platform.await("the instance is gone").until(() -> platform.states("direct").isEmpty());
    Platform.await("its file is gone").until(() -> platform.config(STUB + "~direct.cfg").isEmpty());
    assertThat(platform.states("local-stub")).containsExactly("active");
  }

  @Test
  void aConfigurationThatIsBoundToABundleIsFreed(Platform platform) {
    Remote configuration = stub(platform, "bound", "reference:file:/nowhere/other.jar");
    assertThat(configuration.text("getBundleLocation")).startsWith("reference:");

    configuration.call("update", values(Map.of("text", "bound answer")));

    Platform.await("it is anybody's")
        .until(() -> configuration.text("getBundleLocation").equals("?"));
    answers(platform, "bound", "bound answer");
    configuration.call("delete");
    Platform.await("the instance is gone").until(() -> platform.states("bound").isEmpty());
  }

  @Test
  void aSingletonTakesAGoodChangeAndPutsAWrongOneBack(Platform platform) {
    Remote configuration = admin(platform).remote("getConfiguration", "lip.plugins", "?");
    configuration.call("update", values(Map.of("drain.timeout", "33s")));
    written(platform, configuration, "lip.plugins.cfg", "33s");
    assertThat(problems(platform, "lip.plugins")).isEmpty();

    refused(platform, configuration, Map.of("drain.timeout", "soon"), "lip.plugins");
    assertThat(value(configuration, "drain.timeout")).isEqualTo("33s");
    assertThat(platform.config("lip.plugins.cfg")).contains("33s").doesNotContain("soon");

    configuration.call("delete");
    Platform.await("its file is gone").until(() -> platform.config("lip.plugins.cfg").isEmpty());
  }

  private static Remote admin(Platform platform) {
    return platform.service("org.osgi.service.cm.ConfigurationAdmin");
  }

  private static Remote stub(Platform platform, String name, String location) {
    return admin(platform).remote("getFactoryConfiguration", STUB, name, location);
  }

  private static Dictionary<String, Object> values(Map<String, String> values) {
    return new Hashtable<>(values);
  }

  private static @Nullable Object value(Remote configuration, String key) {
    return ((Dictionary<?, ?>) configuration.remote("getProperties").target()).get(key);
  }

  private static void answers(Platform platform, String instance, String text) {
    Platform.await(instance + " says " + text)
        .until(() -> platform.ask(instance + ":stub-default").text().equals(text));
  }

  /** The deployer writes what is in force to its file, then tells Config Admin which file it is. */
  private static void written(Platform platform, Remote configuration, String file, String text) {
    Platform.await(file + " says " + text)
        .until(() ->
            platform.config(file).contains(text)
                && value(configuration, "felix.fileinstall.filename") != null);
  }

  /**
   * Makes a wrong change until it is refused: one that falls together with a look at the file just
   * written is overwritten by the file without a word.
   */
  private static void refused(
      Platform platform, Remote configuration, Map<String, String> wrong, String subject) {
    Platform.await("a wrong change is refused: " + wrong)
        .until(() -> {
          configuration.call("update", values(wrong));
          Platform.await("the last good settings are back")
              .until(() ->
                  wrong.entrySet().stream()
                      .noneMatch(one -> one.getValue().equals(value(configuration, one.getKey()))));
          return wrong.keySet().stream().anyMatch(problems(platform, subject)::contains);
        });
  }

  private static String problems(Platform platform, String subject) {
    return String.join(
        "\n",
        platform.inventory().list("problems").stream()
            .filter(one -> one.text("subject").contains(subject))
            .map(one -> one.text("reason"))
            .toList());
  }
}
