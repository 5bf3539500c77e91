package lip.sdk.backend;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One limit of a provider, in words of no dialect.
 *
 * @param of what is counted: {@code requests}, {@code tokens}, {@code input-tokens}, {@code
 *     output-tokens}
 * @param limit most in the window, not negative; null = not said
 * @param remaining what is left, not negative; null = not said
 * @param reset time until all of it is there again, not negative; null = not said
 */
public record RateLimit(
    String of, @Nullable Long limit, @Nullable Long remaining, @Nullable Duration reset) {}
