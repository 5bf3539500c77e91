package lip.sdk.store;

import lip.sdk.Kind;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of store.
 *
 * @param <S> settings interface
 */
@ConsumerType
public interface StoreKind<S> extends Kind<S, Store> {}
