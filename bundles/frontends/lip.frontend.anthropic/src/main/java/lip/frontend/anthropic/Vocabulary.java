package lip.frontend.anthropic;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.lang.ref.SoftReference;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The public vocabulary {@code o200k_base}. About 30 MB and half a second: loaded for the first
 * count and given up when memory is short. As many count at once as there are processors; what they
 * do is pure computing.
 */
final class Vocabulary {
  private static final Semaphore SLOTS =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));

  private static final Object LOADING = new Object();
  private static volatile @Nullable SoftReference<Encoding> loaded;

  private Vocabulary() {}

  /** Lets a prompt be counted, by the vocabulary or roughly when all slots are taken. */
  static TextTokens count(Consumer<TextTokens> prompt) {
    if (!SLOTS.tryAcquire()) {
      TextTokens rough = new RoughTokens();
      prompt.accept(rough);
      return rough;
    }
    try {
      TextTokens exact = new ByVocabulary(encoding()::countTokensOrdinary);
      prompt.accept(exact);
      return exact;
    } finally {
      SLOTS.release();
    }
  }

  /** The vocabulary, read when it is not there. */
  static Encoding encoding() {
    Encoding there = get();
    if (there != null) {
      return there;
    }
    synchronized (LOADING) {
      there = get();
      if (there == null) {
        there = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
        loaded = new SoftReference<>(there);
      }
      return there;
    }
  }

  private static @Nullable Encoding get() {
    SoftReference<Encoding> reference = loaded;
    return reference == null ? null : reference.get();
  }
}
