package dev.idem.generative.noise;

import dev.idem.api.algebra.Shape;
import dev.idem.api.random.RandomStreams;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import java.util.random.RandomGenerator;

/** Images mean + g A with g ~ N(0, I) of {@code rank} numbers and a random A, and their moments. */
record SyntheticImages(Shape shape, int rank, int count, long seed) {

  float[] image(int index) {
    RandomGenerator basis = RandomStreams.stream(seed, "basis", 0);
    RandomGenerator random = RandomStreams.stream(seed, "image", index);
    float[] image = new float[shape.size()];
    for (int j = 0; j < image.length; j++) {
      image[j] = (float) Math.sin(j + 1);
    }
    for (int k = 0; k < rank; k++) {
      double g = random.nextGaussian();
      for (int j = 0; j < image.length; j++) {
        image[j] += (float) (g * basis.nextGaussian() / (k + 1));
      }
    }
    return image;
  }

  float[][] all() {
    float[][] images = new float[count][];
    for (int i = 0; i < count; i++) {
      images[i] = image(i);
    }
    return images;
  }

  NoiseSource noise(NoiseKind kind) {
    return kind.estimate(shape, count, this::image);
  }

  static double[] mean(float[][] samples) {
    double[] mean = new double[samples[0].length];
    for (float[] sample : samples) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += sample[j] / (double) samples.length;
      }
    }
    return mean;
  }

  static double[][] covariance(float[][] samples) {
    double[] mean = mean(samples);
    double[][] covariance = new double[mean.length][mean.length];
    for (float[] sample : samples) {
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j < mean.length; j++) {
          covariance[i][j] +=
              (sample[i] - mean[i]) * (sample[j] - mean[j]) / (samples.length - 1.0);
        }
      }
    }
    return covariance;
  }
}
