package dev.idem.bench;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.StopRule;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Normalization;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A training step that is timed: SGD on batches drawn beforehand, so that neither engine is charged
 * for drawing them.
 *
 * @param net what is trained
 * @param objective by what
 * @param batch the number of samples in a batch
 */
public record Workload(Net net, Objective objective, int batch) {

  /** The rate at which both engines train; small, so that no step diverges however many are run. */
  static final double LEARNING_RATE = 0.01;

  /** The number of batches, which take turns. */
  private static final int BATCHES = 8;

  private static final long SEED = 1;

  /** A network of the comparison. */
  public enum Net {
    MLP_64("MLP 64-256-256-64", 128, Mlp.of(64, 256, 256, 64)),
    MLP_784("MLP 784-512-512-784", 256, Mlp.of(784, 512, 512, 784)),
    DEEP_MLP("deep MLP 256 x 10", 256, deep(10)),
    DCGAN_28("DCGAN-28", 64, ConvAutoencoder.dcgan28(Normalization.batch()));

    private final String label;
    private final int batch;

    @SuppressWarnings("ImmutableEnumChecker") // A network is a value.
    private final Network network;

    Net(String label, int batch, Network network) {
      this.label = label;
      this.batch = batch;
      this.network = network;
    }

    /** Initialised so that neither outputs nor gradients fade on their way through the layers. */
    private static Network deep(int layers) {
      int[] widths = new int[layers + 1];
      Arrays.fill(widths, 256);
      return Mlp.of(widths).withInitializers(Initializers.heNormal(), Initializers.zeros());
    }

    String label() {
      return label;
    }

    /** The batch size at which engines are compared. */
    int batch() {
      return batch;
    }

    Network network() {
      return network;
    }
  }

  /** What a step minimises. */
  public enum Objective {
    RECONSTRUCTION(new ReconstructionStrategy()),
    CANONICAL(new CanonicalStrategy()),
    SUBSTITUTED(new SubstitutedGradient());

    @SuppressWarnings("ImmutableEnumChecker") // A strategy is a value.
    private final IdempotencyStrategy strategy;

    Objective(IdempotencyStrategy strategy) {
      this.strategy = strategy;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** At the batch size of the comparison. */
  static Workload of(Net net, Objective objective) {
    return new Workload(net, objective, net.batch());
  }

  /** The task for idem, which ends after {@code steps} steps or by a rule. */
  TrainingTask task(int steps, StopRule... rules) {
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .steps(steps)
            .batchSize(batch)
            .learningRate(LEARNING_RATE)
            .seed(SEED)
            .evaluateEvery(steps)
            .stopRules(rules)
            .build();
    return TrainingTask.of(
        net.network(), TrainingObjective.of(objective.strategy), batches(), plan);
  }

  /** The parameters in {@code state} by name, in single precision. */
  Map<String, float[]> parameters(NetworkState state) {
    Map<String, float[]> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : net.network().parameters()) {
      double[] values = state.parameter(parameter.name());
      float[] narrowed = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        narrowed[i] = (float) values[i];
      }
      parameters.put(parameter.name(), narrowed);
    }
    return parameters;
  }

  /** The batches, of numbers uniform in [-1, 1]. */
  DataSource batches() {
    return batches(net.network().shape(), batch);
  }

  /** Such batches, of samples of any shape. */
  static DataSource batches(Shape shape, int size) {
    return new Batches(shape, size);
  }

  /** Batches made at the start; step k gets the one of k mod {@value #BATCHES}. */
  private static final class Batches implements DataSource {
    private final Shape shape;
    private final float[][][] batches;

    Batches(Shape shape, int size) {
      this.shape = shape;
      Random random = new Random(SEED);
      batches = new float[BATCHES][size][shape.size()];
      for (float[][] batch : batches) {
        for (float[] sample : batch) {
          for (int i = 0; i < sample.length; i++) {
            sample[i] = 2 * random.nextFloat() - 1;
          }
        }
      }
    }

    @Override
    public Shape shape() {
      return shape;
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      return batches[(int) (step % BATCHES)];
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      throw new IllegalArgumentException("nothing is held out (%s samples)".formatted(size));
    }

    @Override
    public String description() {
      return "uniform in [-1, 1], made beforehand";
    }
  }
}
