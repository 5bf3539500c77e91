package lip.api.event;

/**
 * Bounds of a collected answer, in UTF-8 bytes unless said otherwise.
 *
 * @param text visible text and refusals
 * @param reasoning visible reasoning
 * @param toolArguments arguments of all calls
 * @param warnings number of warnings
 * @param media number of media parts
 */
public record CollectLimits(
    long text, long reasoning, long toolArguments, int warnings, int media) {
  /** 64 MiB of text and of reasoning, 128 MiB of arguments, 100 000 warnings, 1024 media parts. */
  public static final CollectLimits DEFAULT =
      new CollectLimits(67_108_864, 67_108_864, 134_217_728, 100_000, 1_024);
}
