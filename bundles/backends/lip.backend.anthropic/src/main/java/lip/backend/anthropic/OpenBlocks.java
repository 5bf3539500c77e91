package lip.backend.anthropic;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import lip.api.Limits;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** The blocks that have begun and not ended: a provider may forget to end them. One per answer. */
final class OpenBlocks {
  /** Bytes of all of them; one alone may be as large as a record. */
  private static final long MOST_BYTES = 4L * Limits.JSON;

  private final Map<Long, Block> blocks = new HashMap<>();
  private int begun;
  private long size;

  /** Counts a block that begins. */
  void count() throws MalformedJson {
    if (++begun > Limits.PARTS) {
      throw new MalformedJson("content", "has more than " + Limits.PARTS + " blocks", 0);
    }
  }

  void put(long index, Block block) throws MalformedJson {
    if (blocks.put(index, block) != null) {
      throw new MalformedJson("content_block_start", "has the index of an open block", 0);
    }
  }

  @Nullable Block get(long index) {
    return blocks.get(index);
  }

  /** A block keeps more, or less, than before. */
  void grow(long bytes) throws MalformedJson {
    size += bytes;
    if (size > MOST_BYTES) {
      throw new MalformedJson(
          "content", "the blocks that did not end have more than " + MOST_BYTES + " bytes", 0);
    }
  }

  /** Takes out a block that ends. */
  @Nullable Block remove(long index) {
    Block block = blocks.remove(index);
    size -= block == null ? 0 : block.size();
    return block;
  }

  /** Those that nobody ended. */
  Collection<Block> rest() {
    return blocks.values();
  }
}
