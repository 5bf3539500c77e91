package lip.testing.system.soak;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import lip.testing.system.Traffic;

/** Which requests are made, and how often each. Used by one thread. */
final class Mix {
  private static final int LARGE_CHARACTERS = 28_000;
  private static final Set<Integer> UPSTREAM_BROKEN = Set.of(500, 502, 503);

  private final RandomGenerator random;
  private final Door extra;
  private final Door second;
  private final AtomicLong numbers = new AtomicLong();

  Mix(RandomGenerator random, Door extra, Door second) {
    this.random = random;
    this.extra = extra;
    this.second = second;
  }

  /** The next one. */
  Ask next() {
    int percent = random.nextInt(100);
    if (percent < 35) {
      return cells(percent);
    }
    if (percent < 70) {
      return texts(percent);
    }
    if (percent < 81) {
      return stub(percent);
    }
    return percent < 89 ? leaving(percent) : broken();
  }

  private Ask cells(int percent) {
    if (percent < 14) {
      return mark("short", "mark:", number(3, 30), number(0, 5));
    }
    if (percent < 19) {
      return mark("short", "mark:", number(3, 100), 0).unstreamed();
    }
    if (percent < 22) {
      return mark("long", "mark:", number(80, 150), 100);
    }
    if (percent < 24) {
      return mark("slow-reader", "mark:", 3_000, 0).by(Ask.Manner.SLOW);
    }
    if (percent < 29) {
      return mark("extra", "extra:", number(3, 100), number(0, 50)).behind(extra);
    }
    int count = number(3, 40);
    Traffic traffic = Traffic.probe("probe", "mark:" + count + "x" + number(0, 20));
    return Ask.of("probe", traffic, traffic.body(), new Expected.Cells(count));
  }

  private static Ask mark(String kind, String backend, int count, int interval) {
    Traffic traffic = Traffic.chat(backend + count + "x" + interval);
    return Ask.of(kind, traffic, traffic.body(), new Expected.Cells(count));
  }

  private Ask texts(int percent) {
    if (percent < 48) {
      return said("echo", "emu:echo", number(1, 40));
    }
    if (percent < 54) {
      return said("echo", "emu:echo", number(1, 40)).unstreamed();
    }
    if (percent < 58) {
      return said("paced", "emu:paced", number(10, 50));
    }
    if (percent < 62) {
      return said("second", "second:paced", number(1, 30)).behind(second);
    }
    Ask large = large();
    return percent < 68 ? large : large.unstreamed();
  }

  private Ask said(String kind, String model, int words) {
    String text = text(words);
    return Ask.of(kind, Traffic.text(model), body(model, "", text), new Expected.Text(text));
  }

  private Ask large() {
    var pad = new StringBuilder();
    while (pad.length() < LARGE_CHARACTERS) {
      pad.append(Long.toString(random.nextLong(), 36)).append("é \\\"\\n");
    }
    // What the JSON escapes stand for.
    String system = pad.toString().replace("\\\"", "\"").replace("\\n", "\n");
    String text = text(3);
    return Ask.of(
        "28KB",
        Traffic.text("emu:digest"),
        body("emu:digest", pad.toString(), text),
        new Expected.Text(Upstream.digest(system) + text));
  }

  private Ask stub(int percent) {
    int count = number(3, 80);
    String model = percent < 78 ? "stub-words-" + count : "stub-slow-20ms-" + count;
    return stub("stub", model, new Expected.Text(numbered(count)));
  }

  private static Ask stub(String kind, String model, Expected expected) {
    String name = "local-stub:" + model;
    return Ask.of(kind, Traffic.text(name), body(name, "", "go"), expected);
  }

  private static String numbered(int count) {
    var words = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      words.append(i == 1 ? "" : " ").append("word").append(i);
    }
    return words.toString();
  }

  private Ask leaving(int percent) {
    return switch (percent) {
      case 81, 82 -> mark("leaves", "mark:", 200, 20).leaving(random);
      case 83 ->
          stub("leaves", "stub-slow-20ms-200", new Expected.Text(numbered(200))).leaving(random);
      case 84 -> said("leaves", "emu:stall", 20).leaving(random);
      case 85 -> said("leaves", "emu:paced", 100).leaving(random);
      default -> said("cancels", "emu:late", 3).by(Ask.Manner.CANCELS);
    };
  }

  private Ask broken() {
    return switch (random.nextInt(12)) {
      case 0 -> refused("emu:fail-500", UPSTREAM_BROKEN);
      case 1 -> refused("emu:fail-404", Set.of(404));
      case 2 -> refused("emu:reset-first", UPSTREAM_BROKEN);
      case 3 -> refused("local-stub:stub-error-429", Set.of(429));
      case 4 -> refused("emu:fail-500", UPSTREAM_BROKEN).unstreamed();
      case 5 -> cutOff("emu:inband", false);
      case 6 -> cutOff("emu:bad-json", false);
      case 7 -> cutOff("emu:cut", false);
      // A reset may take away what was sent before it.
      case 8 -> cutOff("emu:reset", true);
      case 9 -> cutOff("emu:no-finish", false);
      case 10 ->
          random.nextBoolean()
              ? stub("cut-off", "stub-error-after-3", new Expected.Broken(numbered(6), false))
              : stub("cut-off", "stub-truncate-3", new Expected.Broken(numbered(6), false));
      default ->
          Ask.of(
              "bad-request",
              Traffic.text("no-json"),
              "{\"model\":\"mark:3x0\",\"messages\":[" + text(2),
              new Expected.Refused(Set.of(400)));
    };
  }

  private Ask refused(String model, Set<Integer> statuses) {
    return Ask.of(
        "refused", Traffic.text(model), body(model, "", text(3)), new Expected.Refused(statuses));
  }

  private Ask cutOff(String model, boolean before) {
    String text = text(20);
    return Ask.of(
        "cut-off", Traffic.text(model), body(model, "", text), new Expected.Broken(text, before));
  }

  /** Words that nobody else gets. */
  private String text(int words) {
    var text = new StringBuilder("n" + numbers.incrementAndGet());
    for (int i = 1; i < words; i++) {
      text.append(' ').append(Integer.toString(random.nextInt() >>> 8, 36)).append("-é😀");
    }
    return text.toString();
  }

  /** The system text is JSON already. */
  private static String body(String model, String system, String user) {
    String first = system.isEmpty() ? "" : "{\"role\":\"system\",\"content\":\"" + system + "\"},";
    return """
    {"model":"%s","stream":true,"messages":[%s{"role":"user","content":"%s"}]}\
    """
        .formatted(model, first, user);
  }

  private int number(int from, int to) {
    return random.nextInt(from, to + 1);
  }
}
