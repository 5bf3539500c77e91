package lip.sdk.frontend;

import lip.sdk.Kind;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of frontend. A frontend without settings of its own still has a settings interface, so
 * that unknown keys are found.
 *
 * @param <S> settings interface
 */
@ConsumerType
public interface FrontendKind<S> extends Kind<S, Frontend> {}
