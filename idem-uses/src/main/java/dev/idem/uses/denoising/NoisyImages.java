package dev.idem.uses.denoising;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource.CheckedSamples;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.eval.metrics.RestorationMetrics;
import dev.idem.eval.metrics.StructuralSimilarity;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.generative.degradation.Degradation;
import dev.idem.models.data.SupervisedSource;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.ConvLayer;
import dev.idem.models.network.Idempotent;
import dev.idem.models.network.Networks;
import dev.idem.models.network.Split;
import dev.idem.uses.Use;
import dev.idem.uses.Use.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Images with Gaussian noise, clipped as files of eight bits are, and the clean ones. */
record NoisyImages(FiniteDataSource images, int available) implements Use {

  static final String PLAIN = "cnn";
  static final String EXACT = "exact cnn";
  static final String EXACT_FINEST = "exact cnn, finest cosines";
  static final String TOTAL_VARIATION = "total variation";
  static final String NON_LOCAL_MEANS = "non-local means";

  /** Places of {@link #metrics}. */
  static final int DETAIL_OF_FIRST = 1;

  static final int DETAIL_OF_LAST = 2;

  static final double NOISE = 0.5;
  static final double RANGE = 2;
  private static final List<Integer> APPLICATIONS = List.of(1, 2, 3, 10);

  private static final int CHANNELS = 16;
  private static final int CODE_CHANNELS = 4;

  /** The detail of an image is what this blur takes away. */
  private static final Degradation BLUR = new Degradation.Blur(1);

  private static final int CHOSEN_ON = 64;

  /** Degradations that nothing was trained on. */
  private static final Map<String, Degradation> UNTRAINED = untrained();

  /** As many are drawn. */
  static final int LEAST_HELD_OUT = 8;

  NoisyImages {
    Require.argument(
        available >= LEAST_HELD_OUT,
        "images held out (%s) must be at least %s; name more images",
        available,
        LEAST_HELD_OUT);
    Shape shape = images.shape();
    Require.argument(
        shape.rank() == 3
            && shape.dimension(0) % 4 == 0
            && shape.dimension(1) % 4 == 0
            && Math.min(shape.dimension(0), shape.dimension(1)) >= 12,
        "images of shape %s must be [height, width, channels], with height and width divisible by 4"
            + " and at least 12",
        shape);
  }

  private static Map<String, Degradation> untrained() {
    Map<String, Degradation> untrained = new LinkedHashMap<>();
    untrained.put("noise 0.25", new Degradation.AdditiveNoise(0.25));
    untrained.put("noise 1.0", new Degradation.AdditiveNoise(1));
    untrained.put("salt and pepper", new Degradation.SaltAndPepper(0.2));
    untrained.put("blur", BLUR);
    return untrained;
  }

  @Override
  public String setting() {
    return "noise of standard deviation " + NOISE;
  }

  @Override
  public SupervisedSource data() {
    SupervisedSource.Mapping noise =
        (sample, random) -> {
          float[] noisy = sample.clone();
          for (int j = 0; j < noisy.length; j++) {
            noisy[j] = clipped(noisy[j] + (float) (NOISE * random.nextGaussian()));
          }
          return noisy;
        };
    String description =
        "%s, noise of standard deviation %s added, clipped to [-1, 1]"
            .formatted(images.description(), NOISE);
    return new SupervisedSource(
        SupervisedSource.mapped(images, noise, description), images, description);
  }

  private static float clipped(float value) {
    return Math.max(-1, Math.min(1, value));
  }

  /**
   * The parts of exact networks end in the identity and start from zero, so that the network starts
   * as the projection on its split; those along the finest cosines, which show nothing of an image,
   * start as the plain network does.
   */
  @Override
  public List<Contender> networks() {
    Shape shape = images.shape();
    ConvAutoencoder plain =
        ConvAutoencoder.of(
            shape, new ConvLayer(CHANNELS, 4, 2, 1), new ConvLayer(CODE_CHANNELS, 4, 2, 1));
    ConvAutoencoder parts =
        plain.withActivations(plain.encoder(), plain.decoder(), Activation.IDENTITY);
    int code = shape.dimension(0) / 4 * (shape.dimension(1) / 4) * CODE_CHANNELS;
    return List.of(
        new Contender(PLAIN, plain, true),
        new Contender(
            EXACT,
            Idempotent.coupled(
                Split.cosines(shape, code),
                Networks.fromZero(parts.encoderHalf()),
                Networks.fromZero(parts.decoderHalf())),
            false),
        new Contender(
            EXACT_FINEST,
            Idempotent.coupled(
                Split.finestCosines(shape, code), plain.encoderHalf(), plain.decoderHalf()),
            false));
  }

  @Override
  public double learningRate() {
    return 4e-3;
  }

  @Override
  public int steps(Preset preset) {
    return preset.choose(5, 300, 4_000);
  }

  @Override
  public int heldOut(Preset preset) {
    return Math.min(available, preset.choose(16, 128, 512));
  }

  @Override
  public Metric quality() {
    return Metric.higher("PSNR, dB");
  }

  @Override
  public List<Integer> applications() {
    return APPLICATIONS;
  }

  @Override
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(Metric.higher("SSIM"));
    metrics.add(Metric.higher("detail explained"));
    metrics.add(Metric.higher("detail explained by f^10"));
    metrics.add(Metric.plain("detail energy of f^10 over f"));
    UNTRAINED.keySet().forEach(name -> metrics.add(Metric.higher("PSNR, " + name)));
    return metrics;
  }

  @Override
  public Held held(long seed, int count) {
    SupervisedSource data = data();
    float[][] clean = CheckedSamples.heldOut(images, seed, count);
    float[][] noisy = CheckedSamples.heldOut(data, seed, count);
    Map<String, float[][]> others = new LinkedHashMap<>();
    UNTRAINED.forEach(
        (name, degradation) -> {
          float[][] degraded = degradation.apply(clean, images.shape(), seed);
          for (float[] image : degraded) {
            for (int j = 0; j < image.length; j++) {
              image[j] = clipped(image[j]);
            }
          }
          others.put(name, degraded);
        });
    return new Noisy(images.shape(), clean, noisy, others);
  }

  @Override
  public Map<String, UnaryOperator<float[][]>> baselines(long seed) {
    float[][] clean = CheckedSamples.batch(images, seed, 0, CHOSEN_ON);
    float[][] noisy = CheckedSamples.batch(data(), seed, 0, CHOSEN_ON);
    OpenCvDenoisers denoisers = new OpenCvDenoisers(images.shape());
    Map<String, UnaryOperator<float[][]>> baselines = new LinkedHashMap<>();
    baselines.put(TOTAL_VARIATION, denoisers.totalVariation(noisy, clean));
    baselines.put(NON_LOCAL_MEANS, denoisers.nonLocalMeans(noisy, clean));
    return baselines;
  }

  /**
   * The share of the clean images' detail, their difference to a blur of them, that other images
   * explain: 1 - |d(y) - d(x)|^2 / |d(x)|^2 over all images; 0 for a blur without detail, negative
   * for noise.
   */
  static double detailExplained(float[][] images, float[][] clean, Shape shape) {
    float[][] difference = new float[clean.length][shape.size()];
    for (int i = 0; i < clean.length; i++) {
      for (int j = 0; j < shape.size(); j++) {
        difference[i][j] = images[i][j] - clean[i][j];
      }
    }
    return 1 - detailEnergy(difference, shape) / detailEnergy(clean, shape);
  }

  /** |d(y)|^2 over all images. */
  static double detailEnergy(float[][] images, Shape shape) {
    float[][] blurred = BLUR.apply(images, shape, 0);
    double sum = 0;
    for (int i = 0; i < images.length; i++) {
      for (int j = 0; j < shape.size(); j++) {
        double detail = (double) images[i][j] - blurred[i][j];
        sum += detail * detail;
      }
    }
    return sum;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Noisy(Shape shape, float[][] clean, float[][] noisy, Map<String, float[][]> others)
      implements Held {

    @Override
    public float[][] inputs() {
      return noisy;
    }

    @Override
    public double quality(float[][] outputs) {
      return RestorationMetrics.peakSignalToNoise(outputs, clean, RANGE);
    }

    @Override
    public double[] measure(Trained f) {
      float[][] first = f.iterates().get(0);
      float[][] last = f.iterates().get(f.iterates().size() - 1);
      List<Double> values = new ArrayList<>();
      StructuralSimilarity similarity =
          new StructuralSimilarity(
              shape.dimension(0), shape.dimension(1), shape.dimension(2), RANGE);
      double sum = 0;
      for (int i = 0; i < clean.length; i++) {
        sum += similarity.of(first[i], clean[i]);
      }
      values.add(sum / clean.length);
      values.add(detailExplained(first, clean, shape));
      values.add(detailExplained(last, clean, shape));
      values.add(detailEnergy(last, shape) / detailEnergy(first, shape));
      others
          .values()
          .forEach(
              degraded ->
                  values.add(
                      RestorationMetrics.peakSignalToNoise(f.apply(degraded), clean, RANGE)));
      return values.stream().mapToDouble(value -> value).toArray();
    }
  }
}
