package dev.idem.generative.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.random.RandomStreams;
import dev.idem.generative.noise.SpectralNoise.PlaneTransform;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PlaneTransformTest {

  @Property(tries = 60)
  void isTheSumThatDefinesIt(
      @ForAll @IntRange(min = 1, max = 14) int height,
      @ForAll @IntRange(min = 1, max = 14) int width) {
    double[] plane = plane(height, width);
    double[] spectrum = plane.clone();
    new PlaneTransform(height, width).forward(spectrum);
    assertThat(spectrum).containsExactly(sums(plane, height, width), within(1e-10));
  }

  @Property(tries = 40)
  void theInverseUndoesItAndTheEnergyIsKept(
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 70) int width) {
    PlaneTransform transform = new PlaneTransform(height, width);
    double[] plane = plane(height, width);
    double[] spectrum = plane.clone();
    transform.forward(spectrum);
    assertThat(energy(spectrum) / (height * width) / energy(plane)).isCloseTo(1, within(1e-12));
    transform.inverse(spectrum);
    assertThat(spectrum).containsExactly(plane, within(1e-12));
  }

  private static double[] plane(int height, int width) {
    return RandomStreams.stream(3, "plane", height).doubles(2L * height * width, -1, 1).toArray();
  }

  private static double energy(double[] values) {
    return Arrays.stream(values).map(v -> v * v).sum();
  }

  private static double[] sums(double[] plane, int height, int width) {
    double[] sums = new double[plane.length];
    for (int k = 0; k < height * width; k++) {
      for (int p = 0; p < height * width; p++) {
        int rows = (k / width) * (p / width);
        int columns = (k % width) * (p % width);
        double turns = (double) rows / height + (double) columns / width;
        double cos = Math.cos(2 * Math.PI * turns);
        double sin = -Math.sin(2 * Math.PI * turns);
        sums[2 * k] += plane[2 * p] * cos - plane[2 * p + 1] * sin;
        sums[2 * k + 1] += plane[2 * p] * sin + plane[2 * p + 1] * cos;
      }
    }
    return sums;
  }
}
