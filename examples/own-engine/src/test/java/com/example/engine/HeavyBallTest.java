package com.example.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.strategy.AnchoredStrategy;
import org.junit.jupiter.api.Test;

class HeavyBallTest {

  private static final TanhMap NETWORK = new TanhMap(4, 16);
  private static final HeavyBall ENGINE = new HeavyBall(0.03, 0.9, 64);

  @Test
  void mapBecomesIdempotentAndDoesNotCollapse() {
    ReferenceModel before = ENGINE.train(NETWORK, new AnchoredStrategy(), 0, 1);
    ReferenceModel after = ENGINE.train(NETWORK, new AnchoredStrategy(), 400, 1);
    assertThat(Main.error(after)).isLessThan(0.1 * Main.error(before));
    assertThat(Main.power(after)).isGreaterThan(0.1 * Main.power(before));
  }

  @Test
  void sameSeedGivesTheSameBits() {
    ReferenceModel one = ENGINE.train(NETWORK, new AnchoredStrategy(), 20, 7);
    ReferenceModel two = ENGINE.train(NETWORK, new AnchoredStrategy(), 20, 7);
    assertThat(one.parameter("A")).containsExactly(two.parameter("A"));
  }

  @Test
  void noTensorFlowIsThere() {
    assertThatExceptionOfType(ClassNotFoundException.class)
        .isThrownBy(() -> Class.forName("org.tensorflow.TensorFlow"));
  }
}
