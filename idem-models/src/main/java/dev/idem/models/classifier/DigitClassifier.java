package dev.idem.models.classifier;

import dev.idem.api.check.Require;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.models.data.LabeledImages;
import dev.idem.models.network.ConvClassifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Classifies the digits on images [28, 28, 1], 784 numbers in [-1, 1], and gives features to
 * compare them by. A sample of another width is an {@link IllegalArgumentException}; no samples
 * give no answers. Holds the engine's resources until closed.
 *
 * <p>Answers differ in their last places between machines and with the number of threads, as every
 * single-precision result of an engine does.
 */
public final class DigitClassifier implements AutoCloseable {

  /** Images at a time, which limits memory. */
  private static final int CHUNK = 500;

  private final ConvClassifier network = ConvClassifier.digits();
  private final LiveNetwork live;

  DigitClassifier(NetworkState state, TrainingEngine engine) {
    live = engine.open(network.featuresAndLogits(), state);
  }

  /** {@link ClassifierModel#embedded}, opened. */
  public static DigitClassifier embedded(TrainingEngine engine) {
    try {
      return of(ClassifierModel.embedded(), engine);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** A classifier that was trained or loaded. */
  public static DigitClassifier of(ClassifierModel model, TrainingEngine engine) {
    return new DigitClassifier(model.state(), engine);
  }

  /** The number of classes, 10: class i is the digit i. */
  public int classes() {
    return network.classes();
  }

  /** The number of features, 64. */
  public int featureCount() {
    return network.features();
  }

  /**
   * How likely each class is, a softmax over the logits.
   *
   * @param samples [n][784] in [-1, 1]
   * @return [n][10], each row in [0, 1] with sum 1
   */
  public float[][] probabilities(float[][] samples) {
    float[][] rows = logits(samples);
    for (float[] row : rows) {
      softmax(row);
    }
    return rows;
  }

  private static void softmax(float[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (Math.exp(logits[i] - largest) / sum);
    }
  }

  /**
   * The features: the last hidden layer's sums, before its activation, so that none is constant.
   *
   * @param samples [n][784] in [-1, 1]
   * @return [n][64], of any sign
   */
  public float[][] features(float[][] samples) {
    return part(samples, 0, network.features());
  }

  /**
   * The likeliest class of each sample, the lowest of them if several are.
   *
   * @param samples [n][784] in [-1, 1]
   */
  public int[] labels(float[][] samples) {
    return Arrays.stream(logits(samples)).mapToInt(DigitClassifier::largest).toArray();
  }

  private static int largest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }

  /**
   * The share of {@code images} that are given their own label, in [0, 1].
   *
   * @throws IllegalArgumentException if there are none, or they are not [28, 28, 1]
   */
  public double accuracy(LabeledImages images) {
    Require.positive("number of images", images.size());
    int right = 0;
    for (int start = 0; start < images.size(); start += CHUNK) {
      float[][] samples = new float[Math.min(CHUNK, images.size() - start)][];
      int first = start;
      Arrays.setAll(samples, i -> images.image(first + i));
      int[] labels = labels(samples);
      for (int i = 0; i < labels.length; i++) {
        right += labels[i] == images.label(start + i) ? 1 : 0;
      }
    }
    return (double) right / images.size();
  }

  private float[][] logits(float[][] samples) {
    return part(samples, network.features(), network.features() + network.classes());
  }

  private float[][] part(float[][] samples, int from, int to) {
    int pixels = network.image().size();
    for (int i = 0; i < samples.length; i++) {
      Require.argument(
          samples[i].length == pixels,
          "sample %s has width %s, but the classifier takes images %s of width %s",
          i,
          samples[i].length,
          network.image(),
          pixels);
    }
    float[][] parts = new float[samples.length][];
    for (int start = 0; start < samples.length; start += CHUNK) {
      int end = Math.min(samples.length, start + CHUNK);
      float[][] answered = live.apply(Arrays.copyOfRange(samples, start, end));
      for (int i = start; i < end; i++) {
        parts[i] = Arrays.copyOfRange(answered[i - start], from, to);
      }
    }
    return parts;
  }

  @Override
  public void close() {
    live.close();
  }
}
