package lip.core.gateway;

import java.util.Collection;
import lip.sdk.InvalidSettings;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;

/** Settings of the platform itself ({@code lip.server}, {@code lip.logging} ...), checked and kept like those of plugins. A service. */
@ProviderType
public interface Singletons {
  /** Takes checked settings. */
  @ConsumerType
  interface Target<S> {
    /**
     * Checks what the types cannot: combinations, ranges that depend on each other. Changes nothing.
     *
     * @throws InvalidSettings naming the key
     */
    default void check(S settings) throws InvalidSettings {}

    /** Puts valid settings in force. Must not block. Called one after the other. */
    void apply(S settings);
  }

  /** A binding; closing it ends it. */
  @ProviderType
  interface Binding extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Binds a PID. The first {@code apply} happens before this returns, with the last good configuration or the defaults.
   *
   * @param pid PID, such as {@code lip.server}
   * @param type settings interface with {@code @ObjectClassDefinition(pid = ...)}
   * @param bundle bundle whose metatype holds the type
   * @param target receiver
   */
  <S> Binding bind(String pid, Class<S> type, Bundle bundle, Target<S> target);

  /** PIDs bound now. */
  Collection<String> pids();
}
