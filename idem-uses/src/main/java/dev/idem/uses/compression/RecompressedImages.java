package dev.idem.uses.compression;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource.CheckedSamples;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.api.network.Network;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.RestorationMetrics;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.models.data.SupervisedSource;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.Networks;
import dev.idem.models.network.Quantised;
import dev.idem.models.network.Split;
import dev.idem.uses.EightBits;
import dev.idem.uses.Use;
import dev.idem.uses.Use.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Grey images that are compressed again and again. */
record RecompressedImages(FiniteDataSource images, int available) implements Use {

  static final String PLAIN = "cnn";
  static final String BYPASSED = "cnn with cosines";
  static final String EXACT = "exact cnn";
  static final String JPEG = "JPEG ";

  /** Places of {@link #metrics}. */
  static final int RATE = 0;

  static final int DRIFT = 1;
  static final int UNSTORED_DRIFT = 2;

  static final double RANGE = 2;
  private static final List<Integer> GENERATIONS = List.of(1, 2, 5, 10, 20, 50);
  static final int CODE = 32;
  private static final int CHANNELS = 8;

  /** Steps that give about equal rates. */
  private static final double PLAIN_STEP = 0.5;

  private static final double BYPASSED_STEP = 1;
  private static final double EXACT_STEP = 1.1;

  /** About the lowest rate of JPEG, and a higher one. */
  private static final List<Float> QUALITIES = List.of(0.01f, 0.05f);

  private static final int MODELLED = 2_000;

  /** As many are drawn. */
  static final int LEAST_HELD_OUT = 8;

  RecompressedImages {
    Require.argument(
        available >= LEAST_HELD_OUT,
        "images held out (%s) must be at least %s; name more images",
        available,
        LEAST_HELD_OUT);
    Shape shape = images.shape();
    Require.argument(
        shape.rank() == 3
            && shape.last() == 1
            && shape.dimension(0) % 4 == 0
            && shape.dimension(1) % 4 == 0,
        "images of shape %s must be grey, [height, width, 1], with height and width divisible by 4",
        shape);
  }

  @Override
  public String setting() {
    return "rounded code of %s numbers".formatted(CODE);
  }

  @Override
  public SupervisedSource data() {
    return SupervisedSource.reconstruction(images);
  }

  @Override
  public List<Contender> networks() {
    ConvAutoencoder whole = ConvAutoencoder.compact(images.shape(), CHANNELS, CODE);
    ConvAutoencoder plain = whole.withInitializers(Initializers.heNormal(), Initializers.zeros());
    ConvAutoencoder parts =
        whole.withActivations(whole.encoder(), whole.decoder(), Activation.IDENTITY);
    Network encoder = Networks.fromZero(parts.encoderHalf());
    Network decoder = Networks.fromZero(parts.decoderHalf());
    Split split = Split.cosines(images.shape(), CODE);
    return List.of(
        new Contender(
            PLAIN,
            Quantised.autoencoder(plain.encoderHalf(), plain.decoderHalf(), PLAIN_STEP),
            true),
        new Contender(BYPASSED, Quantised.bypassed(split, encoder, decoder, BYPASSED_STEP), false),
        new Contender(EXACT, Quantised.coupled(split, encoder, decoder, EXACT_STEP), false));
  }

  @Override
  public double learningRate() {
    return 3e-3;
  }

  @Override
  public int steps(Preset preset) {
    return preset.choose(5, 400, 4_000);
  }

  @Override
  public int heldOut(Preset preset) {
    return Math.min(available, preset.choose(32, 128, 512));
  }

  @Override
  public Metric quality() {
    return Metric.higher("PSNR, dB");
  }

  @Override
  public List<Integer> applications() {
    return GENERATIONS;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.lower("rate, bits per image"),
        Metric.lower("drift over 50 generations"),
        Metric.lower("drift without storage"));
  }

  @Override
  public float[][] between(float[][] y) {
    return EightBits.stored(y);
  }

  @Override
  public Held held(long seed, int count) {
    return new Digits(
        CheckedSamples.heldOut(images, seed, count),
        CheckedSamples.batch(images, seed, 0, MODELLED));
  }

  @Override
  public Map<String, UnaryOperator<float[][]>> baselines(long seed) {
    Map<String, UnaryOperator<float[][]>> baselines = new LinkedHashMap<>();
    QUALITIES.forEach(
        quality -> baselines.put(JPEG + "q=" + quality, new Jpeg(images.shape(), quality)));
    return baselines;
  }

  /** The mean squared difference of {@code late} to {@code early} over the variance of that. */
  static double drift(float[][] early, float[][] late) {
    double variance = Rows.variance(early);
    return variance > 0 ? Rows.meanSquaredDifference(late, early) / variance : Double.NaN;
  }

  /**
   * @param clean held out
   * @param modelled to train on, for the model of codes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Digits(float[][] clean, float[][] modelled) implements Held {

    @Override
    public float[][] inputs() {
      return clean;
    }

    @Override
    public double quality(float[][] outputs) {
      return RestorationMetrics.peakSignalToNoise(outputs, clean, RANGE);
    }

    @Override
    public double[] measure(Trained f) {
      List<float[][]> stored = f.iterates();
      int last = GENERATIONS.get(GENERATIONS.size() - 1);
      float[][] first = f.apply(clean);
      float[][] late = first;
      for (int k = 1; k < last; k++) {
        late = f.apply(late);
      }
      return new double[] {
        rate(f), drift(stored.get(0), stored.get(stored.size() - 1)), drift(first, late)
      };
    }

    private double rate(Trained f) {
      if (f.baseline() instanceof Jpeg jpeg) {
        return jpeg.bits(clean);
      }
      if (f.network() instanceof Quantised network) {
        return new CodeRate(f.applyPart(network.codeNetwork(), modelled))
            .bits(f.applyPart(network.codeNetwork(), clean));
      }
      return Double.NaN;
    }
  }
}
