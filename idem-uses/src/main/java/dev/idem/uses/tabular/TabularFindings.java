package dev.idem.uses.tabular;

import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.uses.Use;
import dev.idem.uses.UseResults;
import dev.idem.uses.UseRun.Measured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The verdict on damaged rows, and what was found in words. */
final class TabularFindings {

  /** The most by which a map as good as another may be worse, in standard deviations. */
  private static final double MARGIN = 0.02;

  /** Likewise of ROC areas. */
  private static final double ROC_MARGIN = 0.01;

  /** The most error / variance of a map that counts as idempotent. */
  private static final double IDEMPOTENT = 0.01;

  static final Claim CLAIM =
      Claim.of(
          "Tabular rows",
          "An idempotent map restores damaged rows of a table as well as PCA, k-means and a plain"
              + " network do, and its residual finds anomalies as well as the plain network's.",
          "A method counts as idempotent if its median error / variance is at most "
              + IDEMPOTENT
              + " and all its maps are healthy. It restores as well if its median error of damaged"
              + " cells is at most that of the better of PCA and k-means, and the 95 % interval of"
              + " the paired differences to the plain network ends at +"
              + MARGIN
              + " or below. It finds anomalies as well if the interval of the paired differences of"
              + " ROC areas begins at -"
              + ROC_MARGIN
              + " or above. Reproduced if at every setting one idempotent method does both; in part"
              + " if at every setting one restores as well; not reproduced otherwise. For a table"
              + " without labels, which has no ROC area, restoration alone decides.");

  /** Between the names of a network and of its strategies. */
  private static final String STRATEGIES = " + ";

  private final UseResults results;

  TabularFindings(UseResults results) {
    this.results = results;
  }

  /** By {@link #CLAIM}'s rule. */
  Finding finding() {
    boolean restored = true;
    boolean both = true;
    List<String> measured = new ArrayList<>();
    for (Use use : results.uses()) {
      List<String> restoring =
          idempotent(use).stream().filter(method -> restoresAsWell(use, method)).toList();
      List<String> finding = restoring.stream().filter(method -> findsAsWell(use, method)).toList();
      restored &= !restoring.isEmpty();
      both &= !finding.isEmpty();
      measured.add(
          "%s: of %s idempotent methods %s restore as well%s%s"
              .formatted(
                  use.setting(),
                  idempotent(use).size(),
                  restoring.size(),
                  named(restoring),
                  hasRoc(use)
                      ? ", %s of which find anomalies as well%s"
                          .formatted(finding.size(), named(finding))
                      : ""));
    }
    Verdict verdict =
        both ? Verdict.REPRODUCED : restored ? Verdict.IN_PART : Verdict.NOT_REPRODUCED;
    String setting =
        "%s, %s seeds"
            .formatted(
                results.uses().stream().map(Use::setting).collect(Collectors.joining("; ")),
                seeds(results.uses().get(0)));
    return new Finding(CLAIM, setting, String.join("; ", measured), verdict);
  }

  private int seeds(Use use) {
    return results.runs(use, results.plain(use)).size();
  }

  private static String named(List<String> methods) {
    return methods.isEmpty() ? "" : " (" + String.join(", ", methods) + ")";
  }

  private List<String> idempotent(Use use) {
    return trained(use).stream()
        .filter(
            method ->
                results.median(use, method, found -> found.report().errorOverVariance())
                    <= IDEMPOTENT)
        .filter(
            method ->
                results.runs(use, method).stream()
                    .allMatch(
                        run ->
                            run.measured()
                                .filter(found -> found.verdict() == CollapseVerdict.HEALTHY)
                                .isPresent()))
        .toList();
  }

  /** Every method but the plain network and the baselines. */
  private List<String> trained(Use use) {
    return results.methods(use).stream()
        .filter(method -> !method.equals(results.plain(use)))
        .filter(method -> results.runs(use, method).get(0).parameters().isPresent())
        .toList();
  }

  private boolean restoresAsWell(Use use, String method) {
    double baseline = Math.min(error(use, DamagedRows.PCA), error(use, DamagedRows.K_MEANS));
    return error(use, method) <= baseline
        && toPlain(use, method, Measured::first).filter(i -> i.high() <= MARGIN).isPresent();
  }

  private boolean findsAsWell(Use use, String method) {
    return !hasRoc(use)
        || toPlain(use, method, TabularFindings::roc)
            .filter(i -> i.low() >= -ROC_MARGIN)
            .isPresent();
  }

  private static boolean hasRoc(Use use) {
    return use.metrics().size() > DamagedRows.ROC_AREA;
  }

  private static double roc(Measured found) {
    return found.metrics().get(DamagedRows.ROC_AREA);
  }

  private double error(Use use, String method) {
    return results.median(use, method, Measured::first);
  }

  private Optional<Interval> toPlain(Use use, String method, ToDoubleFunction<Measured> value) {
    return results.interval(results.differences(use, method, results.plain(use), value));
  }

  /** The most important ones first. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (Use use : results.uses()) {
      sentences.add(restoration(use));
      sentences.add(again(use));
      if (hasRoc(use)) {
        sentences.add(anomalies(use));
        sentences.add(caution(use));
      }
    }
    return sentences;
  }

  private String restoration(Use use) {
    return "%s: the error of damaged cells, in standard deviations, is %s."
        .formatted(use.setting(), listed(use, Measured::first));
  }

  /** The medians of networks on the task alone and of baselines, with paired intervals. */
  private String listed(Use use, ToDoubleFunction<Measured> value) {
    List<String> parts = new ArrayList<>();
    for (String method : results.methods(use)) {
      if (!method.contains(STRATEGIES)) {
        String interval =
            trained(use).contains(method)
                ? " (paired difference " + difference(use, method, value) + ")"
                : "";
        parts.add(method + " " + digits(results.median(use, method, value)) + interval);
      }
    }
    return String.join(", ", parts);
  }

  private String again(Use use) {
    List<String> networks = new ArrayList<>(trained(use));
    networks.add(0, results.plain(use));
    List<String> parts = new ArrayList<>();
    for (String method : networks) {
      if (!method.contains(STRATEGIES)) {
        parts.add(method + " " + fromTo(use, method));
      }
    }
    networks.stream()
        .filter(method -> method.contains(STRATEGIES))
        .min(Comparator.comparingDouble(method -> results.median(use, method, Measured::last)))
        .ifPresent(
            best ->
                parts.add(
                    "of those with strategies '%s' best, %s".formatted(best, fromTo(use, best))));
    int k = use.applications().get(use.applications().size() - 1);
    return "%s, applied %s times instead of once, the error of damaged cells goes: %s."
        .formatted(use.setting(), k, String.join(", ", parts));
  }

  private String fromTo(Use use, String method) {
    return "from %s to %s"
        .formatted(
            digits(results.median(use, method, Measured::first)),
            digits(results.median(use, method, Measured::last)));
  }

  private String anomalies(Use use) {
    List<String> above =
        results.methods(use).stream()
            .filter(method -> area(use, method) > area(use, DamagedRows.MEAN))
            .toList();
    return "%s, the ROC area of ||f(x) - x|| is: %s. The constant map 'mean' scores by the distance from the mean row; %s."
        .formatted(
            use.setting(),
            listed(use, TabularFindings::roc),
            above.isEmpty() ? "no map has more" : "more have: " + String.join(", ", above));
  }

  private double area(Use use, String method) {
    return results.median(use, method, TabularFindings::roc);
  }

  private String caution(Use use) {
    List<String> lower = new ArrayList<>();
    List<String> higher = new ArrayList<>();
    for (String method : trained(use)) {
      Optional<Interval> interval = toPlain(use, method, TabularFindings::roc);
      if (interval.filter(i -> i.high() < 0).isPresent()) {
        lower.add(method + " by " + difference(use, method, TabularFindings::roc));
      } else if (interval.filter(i -> i.low() > 0).isPresent()) {
        higher.add(method + " by " + difference(use, method, TabularFindings::roc));
      }
    }
    return "%s: beside the plain network the ROC area is lower for %s of %s methods%s and higher for %s%s; the others are undecided."
        .formatted(
            use.setting(),
            lower.size(),
            trained(use).size(),
            named(lower),
            higher.size(),
            named(higher));
  }

  private String difference(Use use, String method, ToDoubleFunction<Measured> value) {
    return toPlain(use, method, value)
        .map(i -> String.format(Locale.ROOT, "%+.3f to %+.3f", i.low(), i.high()))
        .orElse("without an interval");
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
