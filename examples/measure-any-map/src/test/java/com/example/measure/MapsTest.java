package com.example.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapsTest {

  private static final float[][] TRAINING = Main.samples(1, 512);
  private static final float[][] HELD_OUT = Main.samples(2, 256);

  private static IdempotencyReport measured(String map) {
    return IdempotencyMetrics.defaults().measure(Main.maps(TRAINING).get(map), HELD_OUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sorting", "k-means (Tribuo)"})
  void idempotentMapsMoveNothingTwice(String map) {
    assertThat(measured(map).error()).isZero();
    assertThat(measured(map).fixedPointShare()).isOne();
  }

  @Test
  void smoothingMovesWhatItSmoothed() {
    assertThat(measured("smoothing").relativeError()).isGreaterThan(0.05);
    assertThat(measured("smoothing").fixedPointShare()).isLessThan(0.01);
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.tensorflow.TensorFlow", "picocli.CommandLine"})
  void nothingElseIsThere(String name) {
    assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(name));
  }
}
