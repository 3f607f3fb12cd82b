package dev.idem.figures.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Conditions that must be the same for evaluations to be comparable.
 *
 * @param kind {@code generator} or {@code function}: what inputs there are depends on it
 * @param data a line on the data
 * @param heldOut the SHA-256 of the held-out samples that were compared with
 * @param samples how many
 * @param seed of every draw
 * @param features the space that distributions were compared in
 */
public record Conditions(
    String kind, String data, String heldOut, int samples, long seed, String features) {

  /** The differences, as {@code name: this and other}; empty if there are none. */
  public Map<String, String> differences(Conditions other) {
    Map<String, String> differences = new LinkedHashMap<>();
    compare(differences, "kind", kind, other.kind);
    compare(differences, "data", data, other.data);
    compare(differences, "samples", samples, other.samples);
    compare(differences, "seed", seed, other.seed);
    compare(differences, "features", features, other.features);
    if (differences.isEmpty()) {
      compare(differences, "held-out samples (SHA-256)", heldOut, other.heldOut);
    }
    return differences;
  }

  private static void compare(Map<String, String> into, String name, Object a, Object b) {
    if (!Objects.equals(a, b)) {
      into.put(name, "'%s' and '%s'".formatted(a, b));
    }
  }
}
