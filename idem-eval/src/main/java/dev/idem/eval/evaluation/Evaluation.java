package dev.idem.eval.evaluation;

import dev.idem.api.check.Require;
import dev.idem.eval.Progress;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.eval.evaluation.EvaluationResult.Entry.Section;
import dev.idem.eval.evaluation.EvaluationResult.SampleValues;
import dev.idem.eval.linear.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Measures a map f, input by input, and collects one table. What is asked of an input is done at
 * once; the order of calls is the order of the table.
 *
 * <pre>{@code
 * Evaluation evaluation = new Evaluation(EvaluationPlan.of(heldOut, space), Progress.NONE);
 * evaluation.generated("z", noise, Iteration.of(f));
 * evaluation.projected("x", heldOut, Iteration.of(f));
 * EvaluationResult result = evaluation.result();
 * }</pre>
 *
 * <p>A map that returns values that are not finite is not an error: its verdict is DIVERGED, and
 * what cannot be measured is withheld. Inputs themselves must be finite.
 */
public final class Evaluation {

  /**
   * The repeated application of a map to one kind of input. A network with running statistics for
   * each kind applies another function first than later.
   */
  @FunctionalInterface
  public interface Iteration {

    /**
     * x, f(x), ..., f^k(x).
     *
     * @param x [m][n]; an evaluation gives a copy
     * @param k positive
     * @return k + 1 arrays [m][n], the first x itself; numbers may be anything
     */
    List<float[][]> of(float[][] x, int k);

    /**
     * One function, over and over. It gets copies, and its results are copied: it may work in place
     * or hand out the same array each time.
     */
    static Iteration of(UnaryOperator<float[][]> f) {
      return (x, k) -> {
        List<float[][]> iterates = new ArrayList<>();
        iterates.add(x);
        for (int i = 0; i < k; i++) {
          iterates.add(Rows.onCopies(f, iterates.get(i)));
        }
        return iterates;
      };
    }
  }

  /** The most applications of f. */
  public static final int APPLICATIONS = 3;

  private final EvaluationPlan plan;
  private final Progress progress;
  private final DistributionSection distributions;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, double[]> perSample = new LinkedHashMap<>();
  private final TreeSet<String> notes = new TreeSet<>();

  /** An evaluation that reports to {@code progress}. */
  public Evaluation(EvaluationPlan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
    this.distributions = new DistributionSection(plan);
  }

  /**
   * Measures f on inputs that it makes samples of: idempotency, and the distributions of the inputs
   * themselves, f, f^2 and f^3 of them beside held-out samples.
   *
   * @param name of the inputs, such as {@code z}
   * @param z [m][n], finite, not made from the plan's held-out samples
   * @return z, f(z), f^2(z), f^3(z), for images
   * @throws IllegalArgumentException if z is not such, or f returns another shape
   */
  public List<float[][]> generated(String name, float[][] z, Iteration f) {
    List<float[][]> iterates = iterates(name, z, f);
    idempotency(name, iterates);
    if (plan.measures().contains(Measure.IDEMPOTENCY)) {
      IdempotencySection.diversity(plan, iterates.get(1), maker(Section.IDEMPOTENCY, name));
    }
    distribution(name, iterates, APPLICATIONS);
    return iterates;
  }

  /**
   * Measures idempotency alone.
   *
   * @param x [m][n], finite
   * @return x, f(x), f^2(x), f^3(x)
   * @throws IllegalArgumentException if x is not such, or f returns another shape
   */
  public List<float[][]> projected(String name, float[][] x, Iteration f) {
    List<float[][]> iterates = iterates(name, x, f);
    idempotency(name, iterates);
    return iterates;
  }

  /**
   * Measures idempotency on degraded samples, and how near f brings them to the clean ones.
   *
   * @param name of the degradation, such as {@code mask}
   * @param degraded [m][n], finite
   * @param clean what each was made from
   * @param comparable whether the clean samples are others than the plan's held-out ones, so that
   *     the distributions of degraded samples and of f of them are compared with those as well
   * @return degraded samples, and f, f^2, f^3 of them
   * @throws IllegalArgumentException if the samples are not such, or f returns another shape
   */
  public List<float[][]> restored(
      String name, float[][] degraded, float[][] clean, Iteration f, boolean comparable) {
    List<float[][]> iterates = iterates(name, degraded, f);
    idempotency(name, iterates);
    if (plan.measures().contains(Measure.RESTORATION) && plan.similarity().isPresent()) {
      progress.begin("restoration from " + name, 1);
      RestorationSection.measure(plan, iterates, clean, maker(Section.RESTORATION, name));
    }
    if (comparable) {
      distribution(name, iterates, 1);
    }
    return iterates;
  }

  private List<float[][]> iterates(String name, float[][] x, Iteration f) {
    Rows.require("inputs '" + name + "'", x);
    progress.begin("f of " + name, APPLICATIONS);
    List<float[][]> iterates = new ArrayList<>(f.of(Rows.copy(x), APPLICATIONS));
    Require.argument(
        iterates.size() == APPLICATIONS + 1,
        "iteration of '%s' must return %s arrays, '%s' and %s applications of f, not %s",
        name,
        APPLICATIONS + 1,
        name,
        APPLICATIONS,
        iterates.size());
    iterates.set(0, x);
    iterates.forEach(iterate -> requireSize(name, x, iterate));
    return iterates;
  }

  private static void requireSize(String name, float[][] x, float[][] iterate) {
    int width = x[0].length;
    int returned =
        Arrays.stream(iterate)
            .mapToInt(row -> row.length)
            .filter(w -> w != width)
            .findFirst()
            .orElse(width);
    Require.argument(
        iterate.length == x.length && returned == width,
        "f of '%s' must keep the shape: given [%s][%s], returned [%s][%s]",
        name,
        x.length,
        width,
        iterate.length,
        returned);
  }

  private void idempotency(String name, List<float[][]> iterates) {
    if (plan.measures().contains(Measure.IDEMPOTENCY)) {
      IdempotencySection.measure(iterates, maker(Section.IDEMPOTENCY, name));
    }
  }

  private void distribution(String name, List<float[][]> iterates, int applications) {
    if (Measure.anyOfDistributions(plan.measures()) || !plan.added().isEmpty()) {
      progress.begin("distribution of f of " + name, applications + 1L);
      distributions.measure(name, iterates, applications, progress, entries, notes);
    }
  }

  private EntryMaker maker(Section section, String input) {
    return new EntryMaker(section, input, plan.seed(), entries, perSample);
  }

  /** Everything that was measured so far. */
  public EvaluationResult result() {
    progress.end();
    return new EvaluationResult(entries, new SampleValues(perSample), List.copyOf(notes));
  }
}
