package lip.testing.system.soak;

/**
 * What the process holds.
 *
 * @param second since the start
 * @param rss resident memory, KB
 * @param heap used heap, KB; at rest after a collection
 * @param threads threads of the system
 * @param descriptors open file descriptors
 * @param loaders class loaders of bundles that are alive; -1 = not counted
 * @param revisions revisions of bundles that are alive; -1 = not counted
 */
record Sample(
    long second,
    long rss,
    long heap,
    long threads,
    long descriptors,
    long loaders,
    long revisions) {
  static String head() {
    return """
    |   time | requests | running | wrong | changes | RSS MB | heap MB | threads | descriptors | loaders | revisions | load |
    |--------|----------|---------|-------|---------|--------|---------|---------|-------------|---------|-----------|------|\
    """;
  }

  String line(long requests, int running, int wrong, int changes, double load) {
    return "| %02d:%02d%s | %8d | %7d | %5d | %7d | %6.1f | %7.1f | %7d | %11d | %7s | %9s | %4.1f |"
        .formatted(
            second / 60,
            second % 60,
            loaders < 0 ? " " : "R",
            requests,
            running,
            wrong,
            changes,
            rss / 1024.0,
            heap / 1024.0,
            threads,
            descriptors,
            loaders < 0 ? "" : Long.toString(loaders),
            revisions < 0 ? "" : Long.toString(revisions),
            load);
  }
}
