package dev.idem.generative.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.training.NetworkView;
import dev.idem.generative.noise.NoiseSource;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratorTest {

  private static final Shape SHAPE = Shape.of(8, 8, 1);
  private static final TrainedModel.Stripes IMAGES = new TrainedModel.Stripes();
  private static final NoiseSource NOISE =
      NoiseKind.COVARIANCE.estimate(SHAPE, IMAGES.trainingSize(), IMAGES::trainingSample);

  /** Halves its inputs, and notes of what kind they were said to be. */
  private static final class Halving implements NetworkView {
    private final List<String> kinds = new ArrayList<>();

    @Override
    public Shape shape() {
      return SHAPE;
    }

    @Override
    public float[][] apply(float[][] x) {
      throw new AssertionError("a generator always says what it applies f to");
    }

    @Override
    public float[][] apply(float[][] x, String kind) {
      kinds.add(kind);
      float[][] y = new float[x.length][x[0].length];
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < x[i].length; j++) {
          y[i][j] = x[i][j] / 2;
        }
      }
      return y;
    }

    @Override
    public double[] parameter(String name) {
      throw new IllegalArgumentException(name);
    }
  }

  @Test
  void noiseIsNoiseImagesAreDataAndWhatFGaveIsOutput() {
    Halving network = new Halving();
    Generator generator = new Generator(SHAPE, NOISE, network);
    generator.generate(generator.noise(1, 3), 3);
    generator.project(IMAGES.heldOut(1, 3), 2);
    assertThat(network.kinds).containsExactly("z", "f()", "f()", "x", "f()");
  }

  @Test
  void iteratesAreTheStartAndEachApplicationInTurn() {
    Generator generator = new Generator(SHAPE, NOISE, new Halving());
    float[][] z = generator.noise(4, 150);
    List<float[][]> iterates = generator.generate(z, 2);
    assertThat(iterates).hasSize(3);
    assertThat(iterates.get(0)).isEqualTo(z);
    assertThat(iterates.get(2)[149][5]).isEqualTo(z[149][5] / 4);
  }

  @Test
  void aWayBeginsAndEndsAtTheNoisesAndKeepsTheirVarianceBetween() {
    Generator generator = new Generator(SHAPE, NOISE, new Halving());
    int pairs = 2_000;
    float[][] ends = generator.noise(9, 2 * pairs);
    float[][] ways = generator.interpolate(9, pairs, 3);
    assertThat(ways).hasDimensions(3 * pairs, 64);
    double before = 0;
    double between = 0;
    float[] mean = NOISE.mean();
    for (int pair = 0; pair < pairs; pair++) {
      for (int i = 0; i < 64; i++) {
        assertThat(ways[3 * pair][i]).isCloseTo(ends[2 * pair][i], within(1e-5f));
        assertThat(ways[3 * pair + 2][i]).isCloseTo(ends[2 * pair + 1][i], within(1e-5f));
        before += Math.pow(ends[2 * pair][i] - mean[i], 2);
        between += Math.pow(ways[3 * pair + 1][i] - mean[i], 2);
      }
    }
    assertThat(between / before).isCloseTo(1, within(0.1));
  }

  @Test
  void countsOutOfRangeAreNamed() {
    Generator generator = new Generator(SHAPE, NOISE, new Halving());
    assertThatThrownBy(() -> generator.noise(1, 0)).hasMessage("size (0) must be positive");
    assertThatThrownBy(() -> generator.generate(generator.noise(1, 1), 0))
        .hasMessage("iterations (0) must be positive");
    assertThatThrownBy(() -> generator.interpolate(1, 1, 1))
        .hasMessage("steps (1) must be at least 2");
  }
}
