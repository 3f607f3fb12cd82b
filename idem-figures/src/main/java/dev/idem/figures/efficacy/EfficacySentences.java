package dev.idem.figures.efficacy;

import dev.idem.api.strategy.Strategies;
import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.eval.comparison.StrategyOutcome.Summary;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.Methods;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.efficacy.EfficacyFigure.Cell;
import dev.idem.figures.efficacy.EfficacyRanking.Duel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the efficacy figure says in words, counted from its runs: sentences, and findings. */
final class EfficacySentences {

  /** A question about the best rates: is {@code method} better than {@code against}? */
  record Question(String method, String against) {}

  private static final List<Question> QUESTIONS =
      List.of(
          new Question(Strategies.SUBSTITUTED, Strategies.CANONICAL),
          new Question(Strategies.LIMITED, Strategies.SUBSTITUTED),
          new Question(Strategies.ACCELERATED, Strategies.LIMITED),
          new Question(Strategies.LIMITED, Strategies.CANONICAL),
          new Question(Strategies.ANCHORED, Strategies.CANONICAL));

  private static final Set<String> MLPS = Set.of("mlp", "deep-mlp");
  private static final Set<String> CNNS = Set.of("cnn-mnist");

  private final List<Cell> cells;

  EfficacySentences(List<Cell> cells) {
    this.cells = List.copyOf(cells);
  }

  List<String> all() {
    List<String> sentences = new ArrayList<>();
    List<String> methods = cells.get(0).methods();
    questions(methods).forEach(question -> sentences.add(answer(question)));
    methods.forEach(method -> sentences.add(standing(method)));
    for (Cell cell : cells) {
      sentences.add(equalRate(cell));
      sentences.add(bestRates(cell));
    }
    return sentences;
  }

  /** Ours, and of each plug-in's method whether it does better than the canonical loss. */
  static List<Question> questions(List<String> methods) {
    List<Question> questions = new ArrayList<>(QUESTIONS);
    methods.stream()
        .filter(Methods::isOfPlugin)
        .forEach(method -> questions.add(new Question(method, Strategies.CANONICAL)));
    return questions;
  }

  private String answer(Question question) {
    Map<Duel, Integer> counts = new EnumMap<>(Duel.class);
    List<String> better = new ArrayList<>();
    for (Cell cell : cells) {
      Duel duel = EfficacyRanking.of(cell.best()).duel(question.method(), question.against());
      counts.merge(duel, 1, Integer::sum);
      if (duel == Duel.BETTER) {
        better.add(cell.task() + " " + cell.start());
      }
    }
    return "Best rates, %s against %s, in %s cells of architecture and start: better in %s%s, level in %s, worse in %s; in %s neither has a majority of healthy runs."
        .formatted(
            question.method(),
            question.against(),
            cells.size(),
            counts.getOrDefault(Duel.BETTER, 0),
            better.isEmpty() ? "" : " (" + String.join("; ", better) + ")",
            counts.getOrDefault(Duel.LEVEL, 0),
            counts.getOrDefault(Duel.WORSE, 0),
            counts.getOrDefault(Duel.NEITHER, 0));
  }

  private String standing(String method) {
    int alone = 0;
    int shared = 0;
    int healthy = 0;
    int bestDiverged = 0;
    int bestRuns = 0;
    long gridDiverged = 0;
    long gridRuns = 0;
    for (Cell cell : cells) {
      EfficacyRanking ranking = EfficacyRanking.of(cell.best());
      List<String> leaders = ranking.leaders();
      alone += leaders.equals(List.of(method)) ? 1 : 0;
      shared += leaders.size() > 1 && leaders.contains(method) ? 1 : 0;
      StrategyOutcome outcome = cell.best().outcome(method);
      healthy += ranking.canWin(method) ? 1 : 0;
      bestDiverged += outcome.summary().diverged();
      bestRuns += outcome.summary().runs();
      gridDiverged += count(cell, method, true);
      gridRuns += count(cell, method, false);
    }
    return "%s leads alone in %s of %s cells and level with others in %s; at its best rate a majority of runs is healthy in %s, and %s of %s runs diverged; over the whole grid of rates %s of %s diverged."
        .formatted(
            method,
            alone,
            cells.size(),
            shared,
            healthy,
            bestDiverged,
            bestRuns,
            gridDiverged,
            gridRuns);
  }

  private static long count(Cell cell, String method, boolean divergedOnly) {
    return cell.result().runs().stream()
        .filter(run -> run.cell().strategy().equals(method))
        .filter(run -> !divergedOnly || run.verdict() == CollapseVerdict.DIVERGED)
        .count();
  }

  private static String equalRate(Cell cell) {
    ComparisonResult.View view = cell.equal();
    return "%s, %s, equal rate: substituted %s; canonical %s."
        .formatted(
            cell.task(),
            cell.start(),
            outcome(view.outcome(Strategies.SUBSTITUTED)),
            outcome(view.outcome(Strategies.CANONICAL)));
  }

  private static String bestRates(Cell cell) {
    List<String> leaders = EfficacyRanking.of(cell.best()).leaders();
    List<String> parts = new ArrayList<>();
    for (StrategyOutcome outcome : cell.best().outcomes()) {
      parts.add(outcome.strategy() + " " + outcome(outcome));
    }
    String verdict =
        switch (leaders.size()) {
          case 0 -> "no method wins";
          case 1 -> leaders.get(0) + " wins";
          default -> String.join(", ", leaders) + " lead, level";
        };
    return "%s, %s, best rates: %s. %s."
        .formatted(cell.task(), cell.start(), verdict, String.join("; ", parts));
  }

  /** Whether the substituted gradient does better than the canonical loss, start by start. */
  static List<Finding> findings(List<Cell> cells) {
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

  private static Finding finding(Claim claim, String networks, List<Cell> cells) {
    List<Duel> duels = new ArrayList<>();
    List<String> starts = new ArrayList<>();
    for (Cell cell : cells) {
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

  private static String start(Cell cell, EfficacyRanking ranking) {
    StrategyOutcome substituted = cell.best().outcome(Strategies.SUBSTITUTED);
    StrategyOutcome canonical = cell.best().outcome(Strategies.CANONICAL);
    String place = cell.task() + " " + cell.start();
    if (ranking.duel(Strategies.SUBSTITUTED, Strategies.CANONICAL) == Duel.NEITHER) {
      return place + ": – against –";
    }
    return "%s: %s against %s, lower in %s of %s"
        .formatted(
            place,
            medianScore(substituted),
            medianScore(canonical),
            ranking.lower(Strategies.SUBSTITUTED, Strategies.CANONICAL),
            counted(cell.result().design().seeds().size(), "pair"));
  }

  private static String medianScore(StrategyOutcome outcome) {
    double median = outcome.summary().score().median();
    return Double.isInfinite(median) ? "–" : shown(median, "%.1e");
  }

  private static String size(List<Cell> cells) {
    Set<String> sizes = new LinkedHashSet<>();
    for (Cell cell : cells) {
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

  /** How the runs ended; divergences are named even where there is none. */
  static String verdicts(Summary summary) {
    List<String> parts = new ArrayList<>();
    summary
        .verdicts()
        .forEach(
            (verdict, count) -> {
              if (verdict != CollapseVerdict.DIVERGED) {
                parts.add(count + " " + label(verdict));
              }
            });
    parts.add(summary.diverged() + " diverged");
    return String.join(", ", parts);
  }

  static String label(CollapseVerdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  static String quartiles(Quartiles quartiles) {
    return shown(quartiles.lower(), "%.1e") + " to " + shown(quartiles.upper(), "%.1e");
  }

  static String shown(double value, String format) {
    return Double.isInfinite(value)
        ? (value > 0 ? "∞" : "−∞")
        : String.format(Locale.ROOT, format, value);
  }

  /** Such as {@code 1.0e-04 error / variance (3 healthy, 0 diverged)}. */
  static String outcome(StrategyOutcome outcome) {
    double score = outcome.summary().score().median();
    return Double.isInfinite(score)
        ? "without a majority of healthy runs (%s)".formatted(verdicts(outcome.summary()))
        : "%s error / variance (%s)".formatted(shown(score, "%.1e"), verdicts(outcome.summary()));
  }
}
