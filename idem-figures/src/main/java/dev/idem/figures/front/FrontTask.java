package dev.idem.figures.front;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.TrainingPlan;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.Methods;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.DistributionSource.LowRankGaussian;
import dev.idem.models.data.Mnist;
import dev.idem.models.data.SupervisedSource;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.Idempotent;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Networks;
import dev.idem.models.network.Split;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A task that pins a map down, so that scale is no free direction any more. Beside the plain map,
 * which every strategy is tried on, it has networks that are trained for the task alone: exact
 * ones, of as many parameters but for the orthogonal projection, and a plain one with the bypass
 * that lies in their construction.
 *
 * @param name in files and tables
 * @param title of its chart
 * @param map the plain network
 * @param networks the others by name, in the order of legends and tables
 * @param data inputs with their targets
 * @param learningRate of Adam, for every method
 * @param quickSteps steps of the quick preset
 * @param paperSteps steps of the paper preset
 */
record FrontTask(
    String name,
    String title,
    Network map,
    Map<String, Network> networks,
    SupervisedSource data,
    double learningRate,
    int quickSteps,
    int paperSteps) {

  private static final int BATCH = 32;
  private static final int SMOKE_STEPS = 3;
  private static final int WIDTH = 16;
  private static final int RANK = 4;
  private static final long BASIS_SEED = 1;
  private static final double NOISE = 0.5;
  private static final Shape DIGITS = Shape.of(28, 28, 1);
  private static final int CODE = 16;

  FrontTask {
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
  }

  static List<FrontTask> all() {
    DataSource digits = Mnist.embedded();
    Network mlp = Mlp.of(784, 128, CODE, 128, 784);
    ConvAutoencoder cnn =
        ConvAutoencoder.compact(DIGITS, 8, CODE)
            .withActivations(Activation.LEAKY_RELU, Activation.LEAKY_RELU, Activation.IDENTITY);
    Network small =
        Mlp.of(WIDTH, 64, 64, WIDTH)
            .withInitializers(Initializers.heNormal(), Initializers.zeros());
    return List.of(
        new FrontTask(
            "reconstruction-mlp",
            "reconstruction, MLP",
            mlp,
            withMlp(mlp),
            SupervisedSource.reconstruction(digits),
            3e-3,
            250,
            5_000),
        new FrontTask(
            "reconstruction-cnn",
            "reconstruction, CNN",
            cnn,
            withHalves(cnn),
            SupervisedSource.reconstruction(digits),
            5e-3,
            150,
            5_000),
        new FrontTask(
            "denoising",
            "denoising, MLP",
            mlp,
            withMlp(mlp),
            SupervisedSource.denoising(digits, NOISE),
            3e-3,
            250,
            5_000),
        new FrontTask(
            "projection",
            "known projection, MLP",
            small,
            ofVectors(small),
            SupervisedSource.projection(
                new Gaussian(WIDTH), new LowRankGaussian(WIDTH, RANK, BASIS_SEED)),
            5e-3,
            1_000,
            20_000));
  }

  private static Map<String, Network> withMlp(Network plain) {
    Map<String, Network> networks =
        alongCosines(plain, Mlp.between(784, 128, CODE), Mlp.between(CODE, 128, 784));
    networks.put(
        Methods.LINEARIZER,
        Idempotent.linearizer(
            784, CODE, Collections.nCopies(2, Networks.fromZero(Mlp.between(392, 131, 392)))));
    networks.put(Methods.PROJECTION, Idempotent.projection(784, CODE));
    return networks;
  }

  private static Map<String, Network> withHalves(ConvAutoencoder plain) {
    return alongCosines(plain, plain.encoderHalf(), plain.decoderHalf());
  }

  private static Map<String, Network> alongCosines(
      Network plain, Network encoder, Network decoder) {
    Split split = Split.cosines(DIGITS, CODE);
    Map<String, Network> networks = new LinkedHashMap<>();
    networks.put(Methods.BYPASS, Networks.bypassed(split, Networks.fromZero(plain)));
    networks.put(
        Methods.EXACT,
        Idempotent.coupled(split, Networks.fromZero(encoder), Networks.fromZero(decoder)));
    return networks;
  }

  private static Map<String, Network> ofVectors(Network plain) {
    Network exact =
        Idempotent.coupled(
            fromZero(WIDTH - RANK, 48, 48, RANK), fromZero(RANK, 48, 48, WIDTH - RANK));
    Map<String, Network> networks = new LinkedHashMap<>();
    networks.put(
        Methods.BYPASS,
        Networks.bypassed(Split.first(plain.shape(), RANK), Networks.fromZero(plain)));
    networks.put(Methods.EXACT, exact);
    networks.put(Methods.EXACT_TURNED, Idempotent.turned(exact, RANK));
    networks.put(
        Methods.LINEARIZER,
        Idempotent.linearizer(WIDTH, RANK, Collections.nCopies(4, fromZero(8, 31, 32, 8))));
    networks.put(Methods.PROJECTION, Idempotent.projection(WIDTH, RANK));
    return networks;
  }

  private static Network fromZero(int... widths) {
    return Networks.fromZero(
        Mlp.between(widths).withInitializers(Initializers.heNormal(), Initializers.zeros()));
  }

  TrainingPlan plan(Preset preset, long seed) {
    int steps = preset.choose(SMOKE_STEPS, quickSteps, paperSteps);
    return TrainingPlan.quick().toBuilder()
        .steps(steps)
        .batchSize(BATCH)
        .optimizer(new Optimizer.Adam())
        .learningRate(learningRate)
        .schedule(new Schedule.Cosine(0))
        .evaluateEvery(steps)
        .seed(seed)
        .build();
  }
}
