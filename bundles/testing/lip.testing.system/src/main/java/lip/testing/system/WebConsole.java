package lip.testing.system;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Edits settings as a person does in the Web Console. */
public final class WebConsole {
  private final Instance instance;

  /** That of an instance. */
  public WebConsole(Instance instance) {
    this.instance = instance;
  }

  /** Sets one setting of a configuration. */
  public void set(String pid, String key, String value) {
    String form =
        "apply=true&action=ajaxConfigManager&propertylist="
            + key
            + "&"
            + URLEncoder.encode("$location", StandardCharsets.UTF_8)
            + "=&"
            + key
            + "="
            + value;
    var response = instance.admin("POST", "/system/console/configMgr/" + pid, form);
    if (response.statusCode() >= 400) {
      throw new IllegalStateException("console: " + response.statusCode() + " " + response.body());
    }
  }

  /** Waits until the configuration's file has a text that was set here. */
  public void awaitWritten(String pid, String text) {
    String file = pid + ".cfg";
    Wait.until(
        "the file has it",
        Duration.ofSeconds(60),
        () -> instance.config(file).contains(text),
        () -> instance.config(file));
  }
}
