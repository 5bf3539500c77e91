package lip.sdk.feature;

import lip.sdk.Kind;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of feature.
 *
 * @param <S> settings interface
 */
@ConsumerType
public interface FeatureKind<S> extends Kind<S, Feature> {}
