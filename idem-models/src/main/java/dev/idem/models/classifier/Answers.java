package dev.idem.models.classifier;

import dev.idem.api.check.Require;
import dev.idem.api.training.NetworkView;
import dev.idem.models.data.LabeledImages;
import dev.idem.models.network.ConvClassifier;
import java.util.Arrays;

/** The predictions of a classifier for images, computed in chunks to limit memory. */
final class Answers {

  private static final int CHUNK = 500;

  private final NetworkView view;
  private final ConvClassifier network;

  Answers(NetworkView view, ConvClassifier network) {
    this.view = view;
    this.network = network;
  }

  /** [samples.length][features]. */
  float[][] features(float[][] samples) {
    return part(samples, network.pixels(), network.logitsStart());
  }

  /** [samples.length][classes]. */
  float[][] logits(float[][] samples) {
    return part(samples, network.logitsStart(), network.shape().size());
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
    for (int i = 0; i < samples.length; i++) {
      Require.argument(
          samples[i].length == network.pixels(),
          "sample %s has width %s, but the classifier takes images %s of width %s",
          i,
          samples[i].length,
          network.image(),
          network.pixels());
    }
    float[][] parts = new float[samples.length][];
    for (int start = 0; start < samples.length; start += CHUNK) {
      int end = Math.min(samples.length, start + CHUNK);
      float[][] padded = new float[end - start][];
      for (int i = start; i < end; i++) {
        padded[i - start] = Arrays.copyOf(samples[i], network.shape().size());
      }
      float[][] answered = view.apply(padded);
      for (int i = start; i < end; i++) {
        parts[i] = Arrays.copyOfRange(answered[i - start], from, to);
      }
    }
    return parts;
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
