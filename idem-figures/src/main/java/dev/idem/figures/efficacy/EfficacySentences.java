package dev.idem.figures.efficacy;

import dev.idem.api.strategy.Strategies;
import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.eval.metrics.CollapseVerdict;
import dev.idem.figures.Methods;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The sentences of the efficacy figure, counted from its runs. */
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

  private final List<EfficacyCell> cells;

  EfficacySentences(List<EfficacyCell> cells) {
    this.cells = List.copyOf(cells);
  }

  List<String> all() {
    List<String> sentences = new ArrayList<>();
    List<String> methods = cells.get(0).methods();
    questions(methods).forEach(question -> sentences.add(answer(question)));
    methods.forEach(method -> sentences.add(standing(method)));
    for (EfficacyCell cell : cells) {
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
    Map<EfficacyRanking.Duel, Integer> counts = new EnumMap<>(EfficacyRanking.Duel.class);
    List<String> better = new ArrayList<>();
    for (EfficacyCell cell : cells) {
      EfficacyRanking.Duel duel =
          EfficacyRanking.of(cell.best()).duel(question.method(), question.against());
      counts.merge(duel, 1, Integer::sum);
      if (duel == EfficacyRanking.Duel.BETTER) {
        better.add(cell.task() + " " + cell.start());
      }
    }
    return "Best rates, %s against %s, in %s cells of architecture and start: better in %s%s, level in %s, worse in %s; in %s neither has a majority of healthy runs."
        .formatted(
            question.method(),
            question.against(),
            cells.size(),
            counts.getOrDefault(EfficacyRanking.Duel.BETTER, 0),
            better.isEmpty() ? "" : " (" + String.join("; ", better) + ")",
            counts.getOrDefault(EfficacyRanking.Duel.LEVEL, 0),
            counts.getOrDefault(EfficacyRanking.Duel.WORSE, 0),
            counts.getOrDefault(EfficacyRanking.Duel.NEITHER, 0));
  }

  private String standing(String method) {
    int alone = 0;
    int shared = 0;
    int healthy = 0;
    int bestDiverged = 0;
    int bestRuns = 0;
    long gridDiverged = 0;
    long gridRuns = 0;
    for (EfficacyCell cell : cells) {
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

  private static long count(EfficacyCell cell, String method, boolean divergedOnly) {
    return cell.result().runs().stream()
        .filter(run -> run.cell().strategy().equals(method))
        .filter(run -> !divergedOnly || run.verdict() == CollapseVerdict.DIVERGED)
        .count();
  }

  private static String equalRate(EfficacyCell cell) {
    ComparisonResult.View view = cell.equal();
    return "%s, %s, equal rate: substituted %s; canonical %s."
        .formatted(
            cell.task(),
            cell.start(),
            EfficacyWording.outcome(view.outcome(Strategies.SUBSTITUTED)),
            EfficacyWording.outcome(view.outcome(Strategies.CANONICAL)));
  }

  private static String bestRates(EfficacyCell cell) {
    List<String> leaders = EfficacyRanking.of(cell.best()).leaders();
    List<String> parts = new ArrayList<>();
    for (StrategyOutcome outcome : cell.best().outcomes()) {
      parts.add(outcome.strategy() + " " + EfficacyWording.outcome(outcome));
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
}
