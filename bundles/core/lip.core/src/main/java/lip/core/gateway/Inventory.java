package lip.core.gateway;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** What is there and how it fares. A service; each view is a consistent copy. */
@ProviderType
public interface Inventory {
  /** Now. */
  View view();

  /**
   * Everything at one moment.
   *
   * @param generation number of the snapshot
   * @param published when it was published
   * @param kinds kinds of all bundles
   * @param instances instances: live, draining, failed, waiting
   * @param problems configurations and claims that are not in force, with their reasons
   * @param stages legal stages in order with the handlers in force
   * @param exchanges open exchanges
   * @param fidelity what did not pass unchanged, for each pair of frontend and backend
   */
  record View(
      long generation,
      Instant published,
      List<KindView> kinds,
      List<InstanceView> instances,
      List<Problem> problems,
      List<StageView> stages,
      int exchanges,
      List<FidelityView> fidelity) {}

  /**
   * A kind in a bundle.
   *
   * @param family frontend, backend, feature, store
   * @param id kind id
   * @param pid factory PID; null = it has none and is refused
   * @param bundle symbolic name
   * @param bundleId bundle id
   * @param version bundle version
   * @param privileges privileges
   * @param superseded whether a replacement is preferred
   * @param problem why it cannot be used; null = it can
   */
  record KindView(
      String family,
      String id,
      @Nullable String pid,
      String bundle,
      long bundleId,
      String version,
      List<String> privileges,
      boolean superseded,
      @Nullable String problem) {}

  /**
   * An instance.
   *
   * @param family frontend, backend, feature, store
   * @param id instance id
   * @param kind kind id
   * @param pid factory PID
   * @param bundle symbolic name of the bundle that made it; empty = none
   * @param bundleId its id; -1 = none
   * @param version its version; empty = none
   * @param state active, draining, failed, invalid, disabled, waiting, unresolved, quarantined
   * @param reason why it is not active, or why its newest configuration is not in force; null =
   *     nothing to say
   * @param leases requests that hold it
   * @param stages stage ids of its handlers
   * @param claims route claims
   * @param calls calls so far
   * @param errors errors so far
   * @param changed last change
   * @param facts what it says about itself, such as the states of its keys; at most 64
   */
  record InstanceView(
      String family,
      String id,
      String kind,
      String pid,
      String bundle,
      long bundleId,
      String version,
      String state,
      @Nullable String reason,
      int leases,
      List<String> stages,
      List<String> claims,
      long calls,
      long errors,
      Instant changed,
      List<FactView> facts) {}

  /**
   * What a backend says about itself. Each text is printable and short.
   *
   * @param topic what it is about: key, models
   * @param name which of them, such as the reference of a secret
   * @param state how it fares
   */
  record FactView(String topic, String name, String state) {}

  /**
   * Something that is not in force.
   *
   * @param subject file, PID or instance
   * @param reason why
   * @param since when
   */
  record Problem(String subject, String reason, Instant since) {}

  /**
   * A legal stage.
   *
   * @param id stage id
   * @param failure default failure policy
   * @param handlers handlers in force, in order: feature instance ids
   */
  record StageView(String id, String failure, List<String> handlers) {}

  /**
   * What did not pass unchanged between the clients of a frontend and a backend, since the start.
   * Requests where everything did are not among them. At most 256 pairs, the last ones.
   *
   * @param frontend frontend instance
   * @param backend backend instance
   * @param requests requests with at least one deviation
   * @param mapped things said in another way
   * @param lost things not said
   * @param lastLost names of what was lost last, newest first, at most 16
   * @param last when the last of these requests ended
   */
  record FidelityView(
      String frontend,
      String backend,
      long requests,
      long mapped,
      long lost,
      List<String> lastLost,
      Instant last) {}

  /** State of the files in the watched folders; registered as a service by the deployer. */
  @ConsumerType
  interface DeployedFiles {
    /** Now. */
    List<FileView> files();

    /**
     * Stops a bundle after its streams have drained. Returns at once; the work is the deployer's.
     */
    void stop(long bundleId);

    /** Uninstalls a bundle after its streams have drained. Returns at once. */
    void uninstall(long bundleId);
  }

  /**
   * A watched file.
   *
   * @param file name
   * @param digest first 16 digits of its SHA-256; empty = configuration
   * @param bundleId bundle made of it; -1 = none
   * @param version bundle version; empty = none
   * @param state live, starting, waiting, failed, refused, draining, applied
   * @param reason why it is not live; null = nothing to say
   * @param since last change
   */
  record FileView(
      String file,
      String digest,
      long bundleId,
      String version,
      String state,
      @Nullable String reason,
      Instant since) {}
}
