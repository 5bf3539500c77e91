package lip.testing.system;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Checks one answer as it arrives: order, checksum and version of every cell. Used by one thread.
 */
public final class Reading {
  private static final int CELL_PARTS = 4;

  private final Traffic traffic;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer chars = CharBuffer.allocate(64 * 1024);
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private final StringBuilder records = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private final CRC32 crc = new CRC32();
  private int cells;
  private boolean complete;
  private boolean done;
  private @Nullable String version;
  private @Nullable String error;
  private @Nullable String alteration;

  /** Nothing read so far. */
  public Reading(Traffic traffic) {
    this.traffic = traffic;
  }

  /** Takes bytes as they arrive, split anywhere. */
  public void take(byte[] piece) {
    ByteBuffer all = ByteBuffer.allocate(bytes.remaining() + piece.length);
    all.put(bytes).put(piece).flip();
    if (decoder.decode(all, chars, false).isError()) {
      altered("not UTF-8");
    }
    bytes = all.slice();
    chars.flip();
    records.append(chars);
    chars.clear();
    for (int end = records.indexOf("\n\n"); end >= 0; end = records.indexOf("\n\n")) {
      String record = records.substring(0, end);
      records.delete(0, end + 2);
      record(record);
    }
  }

  private void record(String record) {
    if (record.isBlank() || record.startsWith(":")) {
      return;
    }
    if (record.startsWith("event: error")) {
      error = record.replace('\n', ' ');
      return;
    }
    String data = record.startsWith("data: ") ? record.substring("data: ".length()) : "";
    switch (traffic.shape()) {
      case PROBE -> probe(data);
      case CHAT, WORDS, TEXT -> chat(data);
    }
  }

  private void probe(String data) {
    int space = data.indexOf(' ');
    if (space < 0) {
      altered("record " + data);
      return;
    }
    text.append(data, space + 1, data.length());
    cells(data.substring(0, space) + " ");
    done = complete;
  }

  private void chat(String data) {
    if (data.equals("[DONE]")) {
      done = true;
      return;
    }
    Tree chunk;
    try {
      chunk = Tree.parse(data);
    } catch (IllegalArgumentException e) {
      altered("chunk " + data);
      return;
    }
    if (chunk.at("error").present()) {
      error = data;
      return;
    }
    for (Tree choice : chunk.at("choices").list()) {
      text.append(choice.at("delta").at("content").text());
    }
    switch (traffic.shape()) {
      case CHAT -> cells("");
      case WORDS -> words();
      case PROBE, TEXT -> {}
    }
  }

  /** {@code word1 word2 ...}; which version says them does not show. */
  private void words() {
    for (int end = text.indexOf(" "); end >= 0; end = text.indexOf(" ")) {
      cells++;
      if (!text.substring(0, end).equals("word" + cells)) {
        altered("word " + text.substring(0, end));
      }
      text.delete(0, end + 1);
    }
    version = "stub";
  }

  private void cells(String before) {
    for (int end = text.indexOf("|"); end >= 0; end = text.indexOf("|")) {
      cell(before, text.substring(0, end).split(":", -1));
      text.delete(0, end + 1);
    }
  }

  private void cell(String before, String[] parts) {
    String stamp = parts[parts.length - 1].startsWith("s") ? " " + parts[parts.length - 1] : "";
    if (parts[0].equals("end")) {
      complete = true;
      if (Integer.parseInt(parts[1]) != cells
          || !parts[2].equals(Long.toHexString(crc.getValue()))) {
        altered("end " + String.join(":", parts) + " after " + cells);
      }
      return;
    }
    if (parts.length < CELL_PARTS) {
      altered("cell " + String.join(":", parts));
      return;
    }
    crc.update((parts[0] + ":" + parts[1] + ":" + parts[2]).getBytes(StandardCharsets.UTF_8));
    if (!parts[0].equals(Integer.toString(cells++))
        || !parts[3].equals(Long.toHexString(crc.getValue()))) {
      altered("cell " + String.join(":", parts) + " at " + (cells - 1));
    }
    String now = before + parts[1] + (traffic.stamps() ? "" : stamp);
    if (version == null) {
      version = now;
    } else if (!version.equals(now)) {
      altered("version changed from " + version + " to " + now);
    }
  }

  private void altered(String how) {
    if (alteration == null) {
      alteration = how;
    }
  }

  /** Cells or words so far. */
  public int cells() {
    return cells;
  }

  /** Who answered. */
  public String version() {
    return traffic.shape() == Traffic.Shape.TEXT
        ? text.toString()
        : version == null ? "nobody" : version;
  }

  /** The error inside the answer; null = none. */
  public @Nullable String error() {
    return error;
  }

  /** What is not as it was sent; null = nothing. */
  public @Nullable String alteration() {
    return alteration;
  }

  /** Whether the mark of the protocol's end came. */
  public boolean done() {
    return done;
  }

  /** Whether the answer came to its own end. */
  public boolean whole() {
    return switch (traffic.shape()) {
      case CHAT, PROBE -> done && complete;
      // The last word has no space behind it.
      case WORDS -> done && text.toString().equals("word" + (cells + 1));
      case TEXT -> done;
    };
  }
}
