package dev.idem.models.classifier;

import dev.idem.api.check.Require;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.LiveNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.models.data.LabeledImages;
import dev.idem.models.network.ConvClassifier;
import java.util.Arrays;

/** The predictions of a classifier for images, computed in chunks to limit memory. */
final class Answers implements AutoCloseable {

  private static final int CHUNK = 500;

  private final ConvClassifier network = ConvClassifier.digits();
  private final LiveNetwork live;

  /** The digit classifier of this state, held open on an engine. */
  Answers(TrainingEngine engine, NetworkState state) {
    live = engine.open(network.featuresAndLogits(), state);
  }

  /** [samples.length][features]. */
  float[][] features(float[][] samples) {
    return part(samples, 0, network.features());
  }

  /** [samples.length][classes]. */
  float[][] logits(float[][] samples) {
    return part(samples, network.features(), network.features() + network.classes());
  }

  /** The class of the largest logit of each sample; the first of them, if several are equal. */
  int[] labels(float[][] samples) {
    return Arrays.stream(logits(samples)).mapToInt(Answers::largest).toArray();
  }

  /** The share of {@code images} that are given their own label. */
  double accuracy(LabeledImages images) {
    Require.positive("number of images", images.size());
    int right = 0;
    for (int start = 0; start < images.size(); start += CHUNK) {
      float[][] samples = new float[Math.min(CHUNK, images.size() - start)][];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = images.image(start + i);
      }
      int[] labels = labels(samples);
      for (int i = 0; i < labels.length; i++) {
        right += labels[i] == images.label(start + i) ? 1 : 0;
      }
    }
    return (double) right / images.size();
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

  private static int largest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }
}
