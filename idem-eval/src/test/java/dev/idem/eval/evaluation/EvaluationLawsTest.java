package dev.idem.eval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.eval.Progress;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.eval.feature.FeatureSpace;
import dev.idem.eval.metrics.Maps;
import dev.idem.eval.metrics.StructuralSimilarity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds of the entries of any map. */
class EvaluationLawsTest {

  private static final int SIDE = 11;
  private static final int SAMPLES = 12;
  private static final List<float[][]> ITERATES = iterates();
  private static final List<Entry> FINITE = entries(ITERATES);

  private static float[][] images(long seed) {
    return Maps.normal(seed, SAMPLES, SIDE * SIDE);
  }

  private static List<float[][]> iterates() {
    List<float[][]> iterates = new ArrayList<>();
    for (int k = 0; k <= Evaluation.APPLICATIONS; k++) {
      iterates.add(images(10 + k));
    }
    return iterates;
  }

  private static List<Entry> entries(List<float[][]> iterates) {
    Evaluation evaluation =
        new Evaluation(
            EvaluationPlan.of(images(1), FeatureSpace.raw(SIDE * SIDE))
                .withSimilarity(new StructuralSimilarity(SIDE, SIDE, 1, 2))
                .withMeasures(EnumSet.of(Measure.KERNEL, Measure.COVERAGE, Measure.RESTORATION)),
            Progress.NONE);
    evaluation.generated("z", iterates.get(0), (z, k) -> iterates);
    evaluation.restored("noise", iterates.get(0), images(2), (x, k) -> iterates, true);
    return evaluation.result().entries();
  }

  /** However samples of other powers of f are, an entry is that of the samples it names. */
  @Property(tries = 20, seed = "1")
  void anEntryIsWithheldExactlyWhereItsOwnSamplesAreNotFinite(
      @ForAll @Size(max = 3) Set<@IntRange(min = 1, max = Evaluation.APPLICATIONS) Integer> broken,
      @ForAll @IntRange(max = SAMPLES - 1) int row) {
    List<float[][]> iterates = new ArrayList<>();
    for (int k = 0; k <= Evaluation.APPLICATIONS; k++) {
      float[][] samples = ITERATES.get(k).clone();
      if (broken.contains(k)) {
        samples[row] = samples[row].clone();
        samples[row][k] = k % 2 == 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
      }
      iterates.add(samples);
    }
    List<Entry> entries = entries(iterates);
    assertThat(entries).hasSameSizeAs(FINITE);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      assertThat(entry.sameQuantity(FINITE.get(i))).isTrue();
      if (broken.contains(entry.applications())) {
        assertThat(entry.value()).as("%s of %s", entry.metric(), entry.of()).isNull();
        assertThat(entry.notes())
            .containsExactly(
                "no value: %s holds numbers that are not finite, f has diverged"
                    .formatted(entry.of()));
      } else {
        assertThat(entry).isEqualTo(FINITE.get(i));
      }
    }
  }
}
