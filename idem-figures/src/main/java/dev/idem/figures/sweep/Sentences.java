package dev.idem.figures.sweep;

import dev.idem.api.check.Numbers;
import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.figures.sweep.Ranking.Configuration;
import dev.idem.figures.sweep.SweepResults.Run;
import dev.idem.figures.sweep.SweepResults.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a sweep found, in sentences. */
final class Sentences {

  /** Fewer pairs cannot give an interval of the nominal 95 %. */
  private static final int PAIRS_FOR_COVERAGE = 6;

  private final SweepResults results;
  private final Ranking ranking;
  private final Bootstrap bootstrap;

  Sentences(SweepResults results, Ranking ranking, Bootstrap bootstrap) {
    this.results = results;
    this.ranking = ranking;
    this.bootstrap = bootstrap;
  }

  /** The summary, the most important first. */
  List<String> summary() {
    List<String> sentences = new ArrayList<>();
    sentences.add(counts());
    if (ranking.best().isEmpty()) {
      sentences.add(nothing());
    } else {
      best(sentences, ranking.best().get());
    }
    int left = ranking.configurations().size() - ranking.ranked().size();
    if (left > 0) {
      sentences.add(
          "%s without a score for every seed (%s): not ranked."
              .formatted(count(left, "configuration"), "runs that are paused, not run or missing"));
    }
    return sentences;
  }

  private String counts() {
    long most = ranking.configurations().stream().mapToInt(c -> c.runs().size()).max().orElse(0);
    List<String> states = new ArrayList<>();
    for (State state : State.values()) {
      long count = results.runs().stream().filter(run -> run.state() == state).count();
      if (count > 0) {
        states.add(count + " " + state.label());
      }
    }
    long collapsed =
        results.runs().stream()
            .filter(run -> run.state() == State.FINISHED)
            .filter(run -> !Double.isFinite(SweepResults.metric(run, results.metric())))
            .count();
    return "%s × %s, %s: %s%s."
        .formatted(
            count(ranking.configurations().size(), "configuration"),
            count(most, "seed"),
            count(results.runs().size(), "run"),
            String.join(", ", states),
            collapsed > 0
                ? "; %s of an infinite or undefined %s"
                    .formatted(count(collapsed, "finished run"), results.metric())
                : "");
  }

  private String nothing() {
    return ranking.ranked().isEmpty()
        ? "No run has a score yet: there is no best configuration."
        : "No configuration has a finite median of %s: every one diverged, failed or collapsed, and"
                .formatted(results.metric())
            + " there is no best. Try lower learning rates, and read the messages below.";
  }

  private void best(List<String> sentences, Configuration best) {
    sentences.add(
        "Best by the median of %s (lower is better): %s."
            .formatted(results.metric(), described(best)));
    Optional<Configuration> second = ranking.ranked().stream().skip(1).findFirst();
    if (second.isEmpty()) {
      sentences.add("It is the only ranked configuration: there is nothing to compare it with.");
    } else if (!Double.isFinite(second.get().median())) {
      sentences.add("No other configuration has a finite median.");
    } else {
      sentences.add("Runner-up: %s.".formatted(described(second.get())));
      sentences.add(against(best, second.get()));
    }
    ends(best).ifPresent(sentences::add);
  }

  private String described(Configuration of) {
    String range =
        of.scores().size() == 1
            ? "one seed"
            : "%s to %s over %s"
                .formatted(
                    Numbers.rounded(of.least(), 3),
                    Numbers.rounded(of.greatest(), 3),
                    count(of.scores().size(), "seed"));
    return "%s: %s (%s)"
        .formatted(Labels.setting(results, of.setting()), Numbers.rounded(of.median(), 3), range);
  }

  private String against(Configuration best, Configuration second) {
    Contrast contrast = Contrast.of(best, second, ranking.ratio(), bootstrap);
    if (contrast.pairs() == 0) {
      return "They share no seed: nothing says whether the best is better.";
    }
    String size =
        contrast.ratio()
            ? "%s of the best is %s times the runner-up’s"
            : "%s of the best minus the runner-up’s is %s";
    String measured =
        size.formatted(results.metric(), Numbers.rounded(contrast.median().orElse(Double.NaN), 3))
            + (contrast.pairs() == 1
                ? " with the one seed that both have"
                : ", median over " + contrast.pairs() + " paired seeds");
    if (contrast.interval().isEmpty()) {
      return "%s: too few seeds for an interval, so it may be chance; three are the least, six"
              .formatted(capitalised(measured))
          + " or more are better.";
    }
    Interval interval = contrast.interval().get();
    boolean reversed = contrast.median().orElse(Double.NaN) > contrast.nothing();
    String found =
        "%s%s (95 %% bootstrap interval %s to %s): "
            .formatted(
                capitalised(measured),
                reversed ? ", although its own median is lower" : "",
                Numbers.rounded(interval.low(), 3),
                Numbers.rounded(interval.high(), 3));
    String verdict =
        contrast.decided()
            ? "the interval leaves out that they are equal."
            : "the interval includes that they are equal, so these seeds do not decide between"
                + " the two.";
    return found + verdict + coverage(contrast.pairs());
  }

  /** What so few pairs can show at most; empty for enough of them, and without an interval. */
  static String coverage(int pairs) {
    return pairs >= Contrast.LEAST_PAIRS && pairs < PAIRS_FOR_COVERAGE
        ? " With %s pairs no such interval covers more than %s %%."
            .formatted(pairs, Contrast.coverage(pairs))
        : "";
  }

  /** A best value at the end of its axis asks for a wider one. */
  private Optional<String> ends(Configuration best) {
    List<String> ends = new ArrayList<>();
    for (int i = 0; i < results.axes().size(); i++) {
      SweepResults.Axis axis = results.axes().get(i);
      int count = axis.values().size();
      if (axis.numeric() && count >= 3 && count <= Level.MOST_VALUES) {
        List<Double> values = axis.values().stream().map(Double::valueOf).sorted().toList();
        double value = Double.parseDouble(best.setting().get(i));
        if (value == values.get(0) || value == values.get(count - 1)) {
          ends.add(
              "%s = %s is the %s of its values"
                  .formatted(
                      axis.key(),
                      Labels.value(axis, best.setting().get(i)),
                      value == values.get(0) ? "lowest" : "highest"));
        }
      }
    }
    return ends.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "At the end of its range: %s; the best may lie beyond."
                .formatted(String.join("; ", ends)));
  }

  /** Which axis matters most, from the one that does to the one that does not. */
  Optional<String> effects(List<Effects> effects) {
    boolean ratio = ranking.ratio();
    List<Effects> sorted =
        effects.stream()
            .filter(each -> each.rows().size() > 1)
            .sorted(Comparator.comparingDouble((Effects each) -> each.reach(ratio)).reversed())
            .toList();
    if (sorted.isEmpty() || effects.size() == 1) {
      return Optional.empty();
    }
    List<String> reaches =
        sorted.stream()
            .map(
                each ->
                    "%s for %s%s"
                        .formatted(
                            Numbers.rounded(each.reach(ratio), 3),
                            results.axes().get(each.axis()).key(),
                            each.hopeless() == 0
                                ? ""
                                : " (%s of its %s values never gave a finite one)"
                                    .formatted(each.hopeless(), each.rows().size())))
            .toList();
    return Optional.of(
        "From an axis’s best value to its worst, the lowest median over the other axes grows by%s %s."
            .formatted(ratio ? " a factor of" : "", String.join("; ", reaches)));
  }

  /** Runs that failed or diverged with a message, those of equal message together. */
  List<String> troubles(int most) {
    record Trouble(State state, String message) {}
    List<Run> troubled =
        results.runs().stream()
            .filter(run -> run.state() == State.FAILED || run.state() == State.DIVERGED)
            .filter(run -> run.state() == State.FAILED || !run.message().isBlank())
            .toList();
    List<Trouble> kinds =
        troubled.stream()
            .map(run -> new Trouble(run.state(), run.message()))
            .distinct()
            .sorted(Comparator.comparing((Trouble kind) -> kind.state() != State.FAILED))
            .toList();
    List<String> texts = new ArrayList<>();
    for (Trouble kind : kinds.subList(0, Math.min(most, kinds.size()))) {
      List<Run> those =
          troubled.stream()
              .filter(run -> kind.equals(new Trouble(run.state(), run.message())))
              .toList();
      texts.add(
          "%s, %s%s: %s"
              .formatted(
                  capitalised(kind.state().label()),
                  those.size() == 1
                      ? "run " + Labels.shortened(those.get(0).id(), Labels.CELL)
                      : those.size()
                          + " runs, first "
                          + Labels.shortened(those.get(0).id(), Labels.CELL),
                  " ("
                      + Labels.setting(results, those.get(0).setting())
                      + ", seed "
                      + those.get(0).seed()
                      + ")",
                  kind.message().isBlank() ? "no message" : Labels.shortened(kind.message(), 300)));
    }
    if (kinds.size() > most) {
      texts.add("%s more messages are in runs.csv.".formatted(kinds.size() - most));
    }
    return texts;
  }

  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
