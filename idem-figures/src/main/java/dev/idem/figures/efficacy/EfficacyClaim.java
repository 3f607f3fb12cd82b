package dev.idem.figures.efficacy;

import dev.idem.api.strategy.Strategies;
import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.figures.Claim;
import dev.idem.figures.Finding;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.Verdict;
import dev.idem.figures.efficacy.EfficacyRanking.Duel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whether the substituted gradient does better than the canonical loss, start by start. */
final class EfficacyClaim {

  private static final Set<String> MLPS = Set.of("mlp", "deep-mlp");
  private static final Set<String> CNNS = Set.of("cnn-mnist");

  private EfficacyClaim() {}

  static List<Finding> findings(List<EfficacyCell> cells) {
    return List.of(
        finding(
            PaperClaims.MLP_EFFICACY,
            "MLP 16-64-64-16 by SGD and 16-64×6-16 by Adam on N(0, I)",
            cells.stream().filter(cell -> MLPS.contains(cell.task())).toList()),
        finding(
            PaperClaims.CNN_EFFICACY,
            "Convolutional autoencoder by Adam on MNIST digits",
            cells.stream().filter(cell -> CNNS.contains(cell.task())).toList()));
  }

  private static Finding finding(Claim claim, String networks, List<EfficacyCell> cells) {
    List<Duel> duels = new ArrayList<>();
    List<String> starts = new ArrayList<>();
    for (EfficacyCell cell : cells) {
      EfficacyRanking ranking = EfficacyRanking.of(cell.best());
      duels.add(ranking.duel(Strategies.SUBSTITUTED, Strategies.CANONICAL));
      starts.add(start(cell, ranking));
    }
    return new Finding(
        claim,
        "%s; %s starts, each with %s.".formatted(networks, cells.size(), size(cells)),
        "%s.\n%s.".formatted(counts(duels), String.join(";\n", starts)),
        verdict(duels));
  }

  /** By the rule of the claims of efficacy. */
  static Verdict verdict(Collection<Duel> duels) {
    long better = duels.stream().filter(duel -> duel == Duel.BETTER).count();
    if (better == 0) {
      return Verdict.NOT_REPRODUCED;
    }
    return better == duels.size() ? Verdict.REPRODUCED : Verdict.IN_PART;
  }

  private static String counts(List<Duel> duels) {
    List<String> parts = new ArrayList<>();
    for (Duel duel : Duel.values()) {
      long count = duels.stream().filter(duel::equals).count();
      String label =
          switch (duel) {
            case BETTER -> "Better from %d of " + duels.size() + " starts";
            case LEVEL -> "level from %d";
            case WORSE -> "worse from %d";
            case NEITHER -> "undecided from %d, neither method having a majority of healthy runs";
          };
      if (count > 0 || duel == Duel.BETTER) {
        parts.add(label.formatted(count));
      }
    }
    return String.join(", ", parts);
  }

  private static String start(EfficacyCell cell, EfficacyRanking ranking) {
    StrategyOutcome substituted = cell.best().outcome(Strategies.SUBSTITUTED);
    StrategyOutcome canonical = cell.best().outcome(Strategies.CANONICAL);
    String place = cell.task() + " " + cell.start();
    if (ranking.duel(Strategies.SUBSTITUTED, Strategies.CANONICAL) == Duel.NEITHER) {
      return place + ": – against –";
    }
    return "%s: %s against %s, lower in %s of %s"
        .formatted(
            place,
            median(substituted),
            median(canonical),
            ranking.lower(Strategies.SUBSTITUTED, Strategies.CANONICAL),
            counted(cell.result().design().seeds().size(), "pair"));
  }

  private static String median(StrategyOutcome outcome) {
    double median = outcome.summary().score().median();
    return Double.isInfinite(median) ? "–" : EfficacyWording.shown(median, "%.1e");
  }

  private static String size(List<EfficacyCell> cells) {
    Set<String> sizes = new LinkedHashSet<>();
    for (EfficacyCell cell : cells) {
      ComparisonResult result = cell.result();
      sizes.add(
          "%s and %s, %s"
              .formatted(
                  counted(result.design().learningRates().size(), "rate"),
                  counted(result.design().seeds().size(), "seed"),
                  counted(result.design().plan().steps(), "step")));
    }
    return String.join(" or ", sizes);
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
