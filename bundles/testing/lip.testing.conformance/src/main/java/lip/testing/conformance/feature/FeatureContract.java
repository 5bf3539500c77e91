package lip.testing.conformance.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import lip.sdk.feature.Contribution;
import lip.sdk.feature.Feature;
import lip.sdk.feature.StageId;
import org.junit.jupiter.api.Test;

/** What a feature contributes can be put into the stages. */
public interface FeatureContract {
  /** A fresh instance. */
  Feature feature() throws Exception;

  /** Each contribution stands at a legal stage. */
  @Test
  default void contributionsStandAtLegalStages() throws Exception {
    try (Feature feature = feature()) {
      List<Contribution> contributions = feature.contributions();
      assertThat(contributions).isNotNull();
      for (Contribution contribution : contributions) {
        assertThat(contribution.failure()).isNotNull();
        switch (contribution) {
          case Contribution.OnCall call ->
              assertThat(call.stage())
                  .isIn(
                      StageId.SECRET_GUARD,
                      StageId.SUBMIT_REQUEST,
                      StageId.TOOL_CATALOG_FILTER,
                      StageId.REQUEST_WIDE_SHAPING);
          case Contribution.OnStream stream ->
              assertThat(stream.stage())
                  .isIn(StageId.TOOL_EVENT_REACTION, StageId.STREAM_EVENT_MUTATION);
          case Contribution.Admit _, Contribution.Hint _, Contribution.OnAttempt _ -> {}
          case Contribution.Other other -> assertThat(other.type()).isNotBlank();
        }
      }
    }
  }

  /** The last request is over before; closing twice is no error. */
  @Test
  default void itCanBeClosed() throws Exception {
    Feature feature = feature();
    feature.close();
    assertThatCode(feature::close).doesNotThrowAnyException();
  }
}
