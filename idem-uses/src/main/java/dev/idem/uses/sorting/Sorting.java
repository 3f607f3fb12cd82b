package dev.idem.uses.sorting;

import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.uses.Use;
import dev.idem.uses.UseFamily;
import dev.idem.uses.UseMethod;
import dev.idem.uses.UseResults;
import dev.idem.uses.UseRun.Measured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sorting n numbers, n = 4, 8, 16: is a learned sort right, and does it leave sorted what is? */
public final class Sorting implements UseFamily {

  /** The n that the claim is about. */
  private static final int JUDGED = 8;

  private static final double EXACT_ORDER = 0.95;

  private static final Claim CLAIM =
      Claim.of(
          "Sorting",
          "A network sorts eight numbers, and an idempotency strategy or an exact network keeps"
              + " them sorted through a hundred applications.",
          "At n = 8. Reproduced if (a) the best method's median exact-order rate is at least 95 %"
              + " and (b) for some strategy or exact network, paired by seed with the same network"
              + " on the task alone (an exact one with the MLP), the interval of the ratio of the"
              + " sorting errors of f^100 lies below 0.5, while that of f begins at 1 or"
              + " below and the median of f is at most 1.05 times the control's. In part if only"
              + " one of both holds, else not"
              + " reproduced. Half, because of some fifteen methods one would be lower by chance.");

  @Override
  public String name() {
    return "sorting";
  }

  @Override
  public String title() {
    return "Sorting n numbers";
  }

  @Override
  public String choices() {
    return "Samples are n = 4, 8 or 16 independent U(-1, 1) numbers, targets the same in ascending"
        + " order. Sorting error: the mean squared error over the targets' variance, 1 for"
        + " the best constant. Exact-order rate: the share of samples in which every output"
        + " is nearer to the input that belongs there than to any other. Kendall's tau: for"
        + " each position, how alike output and target order pairs of samples; 0 for a"
        + " constant, however ascending. Outside the training range: inputs times 2, and"
        + " plus 1. An MLP with two hidden layers of 64 is compared with a soft permutation,"
        + " an attention network of about as many parameters whose output does not depend on"
        + " the order of its input and is an average of it, and with an exact coupled"
        + " network of n - 1 dimensions. The image of sorting has n dimensions: no coupled"
        + " network, whose image has fewer, can sort, however many parameters it has. 600"
        + " steps (1,000 for n = 16, where strategies train the MLP alone) in the quick"
        + " preset, batches of 64, rate 0.01 (n = 16: 0.02). 'constant' gives the mean of each order"
        + " statistic, 'unsorted' the input.";
  }

  @Override
  public List<Use> uses() {
    return List.of(new SortingUse(4), new SortingUse(JUDGED), new SortingUse(16));
  }

  @Override
  public Claim claim() {
    return CLAIM;
  }

  @Override
  public Finding judge(UseResults results) {
    Use use = judged(results);
    String best = best(results, use);
    double rate = results.median(use, best, Sorting::exactOrderRate);
    List<String> steady = steady(results, use);
    boolean sorts = rate >= EXACT_ORDER;
    Verdict verdict = Verdict.NOT_REPRODUCED;
    if (sorts && !steady.isEmpty()) {
      verdict = Verdict.REPRODUCED;
    } else if (sorts || !steady.isEmpty()) {
      verdict = Verdict.IN_PART;
    }
    return new Finding(
        CLAIM,
        "%s, %s, medians of %s"
            .formatted(use.data().description(), use.setting(), seeds(results, use)),
        "(a) %s puts %s of the samples in exact order; (b) %s the error of f^100 at no more of f"
            .formatted(
                best,
                percent(rate),
                steady.isEmpty()
                    ? "no method halves"
                    : String.join(", ", steady) + (steady.size() > 1 ? " halve" : " halves")),
        verdict);
  }

  private static Use judged(UseResults results) {
    return results.uses().stream()
        .filter(use -> use instanceof SortingUse sorting && sorting.width() == JUDGED)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no runs at n = " + JUDGED));
  }

  private static String seeds(UseResults results, Use use) {
    int seeds = results.runs(use, results.plain(use)).size();
    return seeds == 1 ? "1 seed" : seeds + " seeds";
  }

  private static double exactOrderRate(Measured found) {
    return found.metrics().get(0);
  }

  /** The trained method with the best exact-order rate. */
  private static String best(UseResults results, Use use) {
    return results.trained(use).stream()
        .max(
            Comparator.comparingDouble(
                method -> {
                  double rate = results.median(use, method, Sorting::exactOrderRate);
                  return Double.isNaN(rate) ? -1 : rate;
                }))
        .orElseThrow();
  }

  /** The methods that fulfil (b). */
  private static List<String> steady(UseResults results, Use use) {
    return results.trained(use).stream()
        .filter(method -> isStrategy(method) || method.equals(SortingUse.EXACT))
        .filter(method -> results.halvesTheLast(use, method, results.control(use, method)))
        .toList();
  }

  private static boolean isStrategy(String method) {
    return method.contains(UseMethod.BESIDE);
  }

  @Override
  public List<String> sentences(UseResults results) {
    List<String> sentences = new ArrayList<>();
    sentences.add(order(results));
    sentences.add(applications(results));
    sentences.add(exact(results));
    sentences.add(outside(results));
    return sentences;
  }

  private static String order(UseResults results) {
    return "Exact order, best method (MLP alone; a constant; unsorted): "
        + results.uses().stream()
            .map(
                use ->
                    "%s: %s by %s (%s; %s; %s)"
                        .formatted(
                            use.setting(),
                            rate(results, use, best(results, use)),
                            best(results, use),
                            rate(results, use, results.plain(use)),
                            rate(results, use, SortingUse.CONSTANT),
                            rate(results, use, SortingUse.UNSORTED)))
            .collect(Collectors.joining("; "))
        + ".";
  }

  private static String rate(UseResults results, Use use, String method) {
    return percent(results.median(use, method, Sorting::exactOrderRate));
  }

  private static String applications(UseResults results) {
    Use use = judged(results);
    List<String> changes = new ArrayList<>();
    for (String method : results.trained(use)) {
      String control = results.control(use, method);
      if (isStrategy(method)) {
        changes.add(
            method
                + results
                    .ratio(use, method, control, Measured::last)
                    .map(ratio -> " %s to %s".formatted(number(ratio.low()), number(ratio.high())))
                    .orElse(" without an interval"));
      }
    }
    return ("At %s the sorting error goes from %s at f to %s at f^100 for the MLP alone, from %s to"
            + " %s for the soft permutation: neither keeps what it sorted. Strategies multiply the"
            + " error of f^100 by (intervals): %s.")
        .formatted(
            use.setting(),
            number(results.median(use, SortingUse.PLAIN, Measured::first)),
            number(results.median(use, SortingUse.PLAIN, Measured::last)),
            number(results.median(use, SortingUse.SOFT, Measured::first)),
            number(results.median(use, SortingUse.SOFT, Measured::last)),
            changes.isEmpty() ? "none ran" : String.join(", ", changes));
  }

  private static String exact(UseResults results) {
    return "The exact network, whose image has n - 1 dimensions where sorting has n, keeps its"
        + " sorting error through all applications, but it is (that of the MLP's f) "
        + results.uses().stream()
            .map(
                use ->
                    "%s (%s) at %s"
                        .formatted(
                            number(results.median(use, SortingUse.EXACT, Measured::first)),
                            number(results.median(use, SortingUse.PLAIN, Measured::first)),
                            use.setting()))
            .collect(Collectors.joining(", "))
        + ".";
  }

  private static String outside(UseResults results) {
    Use use = judged(results);
    return "Outside the training range, at %s: ".formatted(use.setting())
        + IntStream.of(2, 3)
            .mapToObj(
                i ->
                    "%s %s for the MLP, %s for the soft permutation"
                        .formatted(
                            use.metrics().get(i).name(),
                            number(metric(results, use, SortingUse.PLAIN, i)),
                            number(metric(results, use, SortingUse.SOFT, i))))
            .collect(Collectors.joining("; "))
        + ". The soft permutation sees differences alone, so that a shift changes nothing.";
  }

  private static double metric(UseResults results, Use use, String method, int place) {
    return results.median(use, method, found -> found.metrics().get(place));
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "none" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "diverged" : String.format(Locale.ROOT, "%.2g", value);
  }
}
