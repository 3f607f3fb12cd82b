package dev.idem.runs;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import java.util.List;
import java.util.random.RandomGenerator;

/** Two numbers times a matrix, trained by the paper's method: the smallest run there is. */
public final class LinearRun {

  /** The network's only parameter. */
  public static final String KERNEL = "kernel";

  private static final Shape SHAPE = Shape.of(2);

  private LinearRun() {}

  /** A run of so many steps, evaluated every other step. */
  public static TrainingTask task(long steps) {
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .steps(steps)
            .batchSize(8)
            .learningRate(0.05)
            .optimizer(new Optimizer.Adam())
            .evaluateEvery(2)
            .build();
    return TrainingTask.of(
        new Linear(), TrainingObjective.of(new SubstitutedGradient()), data(), plan);
  }

  private record Linear() implements Network {
    @Override
    public Shape shape() {
      return SHAPE;
    }

    @Override
    public List<ParameterSpec> parameters() {
      Initializer uniform =
          (parameter, random) -> random.doubles(parameter.shape().size(), -1, 1).toArray();
      return List.of(new ParameterSpec(KERNEL, Shape.of(2, 2), 2, 2, uniform));
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return pass.ops().matMul(x, pass.parameter(KERNEL));
    }

    @Override
    public String description() {
      return "linear 2";
    }
  }

  private static DataSource data() {
    return new DataSource() {
      @Override
      public Shape shape() {
        return SHAPE;
      }

      @Override
      public float[][] batch(long seed, long step, int size) {
        RandomGenerator random = RandomStreams.stream(seed, "batch", step);
        float[][] batch = new float[size][2];
        for (float[] row : batch) {
          row[0] = (float) random.nextGaussian();
          row[1] = (float) random.nextGaussian();
        }
        return batch;
      }

      @Override
      public float[][] heldOut(long seed, int size) {
        return batch(seed, Long.MAX_VALUE, size);
      }

      @Override
      public String description() {
        return "normal 2";
      }
    };
  }

  /** A network that is looked at, not trained. */
  public static NetworkView view(double... kernel) {
    return new NetworkView() {
      @Override
      public Shape shape() {
        return SHAPE;
      }

      @Override
      public float[][] apply(float[][] x) {
        return x;
      }

      @Override
      public double[] parameter(String name) {
        return kernel.clone();
      }
    };
  }
}
