package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** The law of the whitened linear map, in TensorFlow's single precision. */
class IteratorLawTest {

  private static final TensorFlowEngine ENGINE =
      new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1));

  @Property(tries = 40)
  void oneSgdStepOfSizeHIsKPlusHTimesTheIteratorsStep(
      @ForAll @IntRange(min = 1, max = 8) int width,
      @ForAll @DoubleRange(min = 0.01, max = 1) double h,
      @ForAll long seed) {
    Network network = DenseNetwork.linear(width);
    TrainingPlan plan =
        TrainingPlan.smoke().toBuilder()
            .steps(1)
            .batchSize(width)
            .learningRate(h)
            .seed(seed)
            .build();
    SubstitutedGradient strategy =
        new SubstitutedGradient(
            IdempotentPolynomial.cubic(), 1, Scale.BATCH_MEAN, OptionalDouble.empty());
    TrainingTask task =
        TrainingTask.of(network, TrainingObjective.of(strategy), new Whitened(width), plan);
    double[] k = InitialParameters.of(network, seed).get("kernel.0");
    double[] expected = cubicStep(k, width, h);
    try (TrainedNetwork trained = ENGINE.train(task)) {
      double[] actual = trained.parameter("kernel.0");
      for (int i = 0; i < k.length; i++) {
        assertThat(actual[i])
            .isCloseTo(expected[i], within(1e-5 * Math.max(1, Math.abs(expected[i]))));
      }
    }
  }

  /** K + h (3K^2 - 2K^3 - K), written out. */
  private static double[] cubicStep(double[] k, int n, double h) {
    double[] square = product(k, k, n);
    double[] cube = product(square, k, n);
    double[] result = new double[k.length];
    for (int i = 0; i < k.length; i++) {
      result[i] = k[i] + h * (3 * square[i] - 2 * cube[i] - k[i]);
    }
    return result;
  }

  private static double[] product(double[] a, double[] b, int n) {
    double[] c = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int l = 0; l < n; l++) {
          c[i * n + j] += a[i * n + l] * b[l * n + j];
        }
      }
    }
    return c;
  }

  /** sqrt(n) times the rows of the identity: second moment exactly I. */
  private record Whitened(int width) implements DataSource {
    @Override
    public Shape shape() {
      return Shape.of(width);
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      float[][] rows = new float[size][width];
      for (int i = 0; i < size; i++) {
        rows[i][i % width] = (float) Math.sqrt(width);
      }
      return rows;
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      return batch(seed, 0, size);
    }

    @Override
    public String description() {
      return "whitened, width " + width;
    }
  }
}
