package lip.testing.architecture;

import java.util.Arrays;

/** Whether this run rewrites checked files instead of comparing: {@code -Dlip.refresh=a,b}. */
enum Refresh {
  /** {@code cnf/baseline/permitted.txt}. */
  PERMITTED("permitted"),
  /** {@code docs/reference/api-diff/}. */
  API_DIFF("api-diff"),
  /** {@code docs/reference/configuration.md}. */
  CONFIGURATION("configuration"),
  /** The jars in {@code cnf/baseline/}: done at a release only. */
  BASELINE("baseline");

  private final String word;

  Refresh(String word) {
    this.word = word;
  }

  boolean wanted() {
    return Arrays.asList(System.getProperty("lip.refresh", "").split(",")).contains(word);
  }

  /** The command to show when a checked file is out of date. */
  String command() {
    return "mvn verify -pl bundles/testing/lip.testing.architecture -am -Dlip.refresh=" + word;
  }
}
