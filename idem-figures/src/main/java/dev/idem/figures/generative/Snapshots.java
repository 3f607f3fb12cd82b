package dev.idem.figures.generative;

import dev.idem.generative.degradation.Degradation;
import dev.idem.generative.model.Generator;
import dev.idem.generative.objective.GenerativeObjective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples taken of a generator for the figure, the first of each, none chosen.
 *
 * @param generated z, f(z), f^2(z), f^3(z)
 * @param reconstructed x, f(x)
 * @param iterated f^k(z) for each of {@link #APPLICATIONS}
 * @param interpolated f along interpolations between noise samples, one list each
 * @param projected by degradation: degraded, f, f^2, f^3
 */
record Snapshots(
    List<float[][]> generated,
    List<float[][]> reconstructed,
    List<float[][]> iterated,
    List<float[][]> interpolated,
    Map<String, List<float[][]>> projected) {

  static final List<Integer> APPLICATIONS = List.of(1, 2, 3, 5, 10, 20, 50, 100);
  static final int COLUMNS = 16;
  private static final int ITERATED = 8;
  private static final int WAYS = 3;
  private static final int PLACES = 12;
  private static final int PROJECTED = 10;
  private static final long SEED = 11;

  static Snapshots of(Generator generator, float[][] real, Map<String, Degradation> degradations) {
    float[][] z = generator.noise(SEED, COLUMNS);
    List<float[][]> iterated = new ArrayList<>();
    float[][] few = Arrays.copyOf(z, ITERATED);
    for (int k : APPLICATIONS) {
      iterated.add(generator.network().iterate(few, GenerativeObjective.NOISE, k));
    }
    float[][] ways = generator.interpolate(SEED, WAYS, PLACES);
    float[][] sent = generator.generate(ways, 1).get(1);
    List<float[][]> interpolated = new ArrayList<>();
    for (int way = 0; way < WAYS; way++) {
      interpolated.add(Arrays.copyOfRange(sent, way * PLACES, (way + 1) * PLACES));
    }
    Map<String, List<float[][]>> projected = new LinkedHashMap<>();
    float[][] clean = Arrays.copyOf(real, Math.min(PROJECTED, real.length));
    degradations.forEach(
        (name, degradation) ->
            projected.put(
                name,
                generator.project(degradation.apply(clean, generator.imageShape(), SEED), 3)));
    return new Snapshots(
        generator.generate(z, 3),
        generator.project(Arrays.copyOf(real, Math.min(COLUMNS, real.length)), 1),
        iterated,
        interpolated,
        projected);
  }
}
