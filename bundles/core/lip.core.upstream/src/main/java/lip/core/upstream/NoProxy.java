package lip.core.upstream;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts are called directly, in the usual grammar of NO_PROXY: {@code *} · {@code
 * example.com} (with its sub-domains) · {@code .example.com} (sub-domains only) · {@code 10.1.2.3}
 * · {@code 10.0.0.0/8} · each but the first also with {@code :port}.
 */
final class NoProxy {
  private record Rule(String text, int port, byte @Nullable [] network, int bits) {
    boolean matches(String host, int hostPort, byte @Nullable [] address) {
      if (port >= 0 && port != hostPort) {
        return false;
      }
      if (network != null) {
        return address != null && address.length == network.length && inside(network, address);
      }
      return text.startsWith(".")
          ? host.endsWith(text)
          : host.equals(text) || host.endsWith("." + text);
    }

    private boolean inside(byte[] block, byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit & 7);
        if (((block[bit >> 3] ^ address[bit >> 3]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Rule> rules;
  private final boolean all;

  private NoProxy(List<Rule> rules, boolean all) {
    this.rules = rules;
    this.all = all;
  }

  /** From entries; what makes no sense never matches. */
  static NoProxy of(List<String> entries) {
    List<Rule> rules = new ArrayList<>();
    boolean all = false;
    for (String entry : entries) {
      String text = entry.strip().toLowerCase(Locale.ROOT);
      if (text.equals("*")) {
        all = true;
      } else if (!text.isEmpty()) {
        rules.add(rule(text));
      }
    }
    return new NoProxy(List.copyOf(rules), all);
  }

  /** From the value of an environment variable. */
  static List<String> split(String value) {
    return Arrays.asList(value.split(",", -1));
  }

  private static Rule rule(String entry) {
    int slash = entry.indexOf('/');
    byte[] block = literal(slash < 0 ? entry : entry.substring(0, slash));
    if (block != null) {
      return new Rule(entry, -1, block, slash < 0 ? block.length * 8 : bits(entry, slash, block));
    }
    int colon = entry.lastIndexOf(':');
    if (colon > 0 && entry.substring(colon + 1).matches("[0-9]{1,5}")) {
      String host = entry.substring(0, colon);
      int port = Integer.parseInt(entry.substring(colon + 1));
      byte[] address = literal(host);
      return new Rule(name(host), port, address, address == null ? 0 : address.length * 8);
    }
    return new Rule(name(entry), -1, null, 0);
  }

  private static String name(String host) {
    return host.startsWith("*.") ? host.substring(1) : host;
  }

  private static int bits(String entry, int slash, byte[] block) {
    String number = entry.substring(slash + 1);
    int bits = number.matches("[0-9]{1,3}") ? Integer.parseInt(number) : block.length * 8;
    return Math.min(bits, block.length * 8);
  }

  /** Whether a host is called directly. */
  boolean matches(String host, int port) {
    if (all) {
      return true;
    }
    byte[] address = literal(host);
    for (Rule rule : rules) {
      if (rule.matches(host, port, address)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a host is this machine by its name or literal address; nothing is resolved. */
  static boolean isLoopback(String host) {
    byte[] address = literal(host);
    if (address == null) {
      return host.equals("localhost");
    }
    try {
      return InetAddress.getByAddress(address).isLoopbackAddress();
    } catch (java.net.UnknownHostException _) {
      return false; // Never: the array came from an address.
    }
  }

  private static byte @Nullable [] literal(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      return InetAddress.ofLiteral(bare).getAddress();
    } catch (IllegalArgumentException _) {
      return null; // A name.
    }
  }
}
