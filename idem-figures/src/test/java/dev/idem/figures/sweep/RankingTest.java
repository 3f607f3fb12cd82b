package dev.idem.figures.sweep;

import static dev.idem.figures.sweep.TypicalSweeps.METRIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.comparison.PairedDifference;
import dev.idem.figures.sweep.Ranking.Configuration;
import dev.idem.figures.sweep.SweepResults.Axis;
import dev.idem.figures.sweep.SweepResults.Run;
import dev.idem.figures.sweep.SweepResults.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final Axis RATE =
      new Axis("plan.learningRate", List.of("0.1", "0.01"), true, true);
  private static final Axis KIND = new Axis("kind", List.of("a", "b"), false, false);

  private final List<Run> runs = new ArrayList<>();

  /** Adds a run for each score; not-a-number for one that is paused. */
  private RankingTest with(String rate, String kind, double... scores) {
    for (int seed = 0; seed < scores.length; seed++) {
      boolean paused = Double.isNaN(scores[seed]);
      runs.add(
          new Run(
              "run-" + runs.size(),
              List.of(rate, kind),
              seed,
              paused ? State.PAUSED : State.FINISHED,
              10,
              paused ? Map.of() : Map.of(METRIC, scores[seed]),
              ""));
    }
    return this;
  }

  private SweepResults results() {
    return TypicalSweeps.results("test", List.of(RATE, KIND), runs, Map.of());
  }

  private Ranking ranking() {
    return Ranking.of(results());
  }

  private List<Integer> order() {
    return ranking().ranked().stream().map(Configuration::number).toList();
  }

  @Test
  void ranksByMedianAndNotByTheLuckiestSeed() {
    with("0.1", "a", 0.001, 9, 9).with("0.1", "b", 2, 2, 2).with("0.01", "a", 1, 3, 3);

    assertThat(order()).containsExactly(2, 3, 1);
  }

  @Test
  void infiniteScoresCountInTheMedian() {
    with("0.1", "a", 1, INF, INF).with("0.1", "b", 5, 5, INF).with("0.01", "a", 5, 5, 5);

    assertThat(order()).containsExactly(3, 2, 1);
    assertThat(ranking().ranked().get(2).median()).isInfinite();
    assertThat(ranking().finiteMedians()).containsExactly(5.0, 5.0);
  }

  @Test
  void divergedAndFailedRunsScoreInfiniteAndUndefinedOnesToo() {
    List<Run> one =
        List.of(
            run("d", 1, State.DIVERGED, Map.of()),
            run("f", 2, State.FAILED, Map.of(METRIC, 1.0)),
            run("n", 3, State.FINISHED, Map.of(METRIC, Double.NaN)),
            run("p", 4, State.PAUSED, Map.of(METRIC, 1.0)),
            run("x", 5, State.NOT_RUN, Map.of()));

    Configuration configuration = Configuration.of(1, one, METRIC);

    assertThat(configuration.scores()).isEqualTo(Map.of(1L, INF, 2L, INF, 3L, INF));
    assertThat(configuration.runs()).hasSizeGreaterThan(configuration.scores().size());
  }

  private static Run run(String id, long seed, State state, Map<String, Double> metrics) {
    return new Run(id, List.of("0.1", "a"), seed, state, 0, metrics, "");
  }

  @Test
  void fewerSeedsAreNotComparedWithMore() {
    with("0.1", "a", 0.1, Double.NaN).with("0.1", "b", 2, 3).with("0.01", "a", 0.1);

    assertThat(order()).containsExactly(2);
  }

  @Test
  void whereNoneIsCompleteTheScoresThereAreRank() {
    with("0.1", "a", 2, Double.NaN).with("0.1", "b", Double.NaN, 1);
    with("0.01", "a", Double.NaN, Double.NaN);

    assertThat(order()).containsExactly(2, 1);
  }

  @Test
  void nothingIsBestWhereEveryMedianIsInfinite() {
    with("0.1", "a", INF, INF, 1).with("0.1", "b", INF);

    assertThat(ranking().best()).isEmpty();
  }

  @Test
  void bestOverTheRemainingAxes() {
    with("0.1", "a", 4).with("0.1", "b", 3).with("0.01", "a", 1).with("0.01", "b", 2);

    assertThat(ranking().best().orElseThrow().number()).isEqualTo(3);
    assertThat(
            new RateCurves(results(), ranking())
                .table().orElseThrow().rows().stream()
                    .map(row -> List.of(row.get(1), row.get(2), row.get(5))))
        .containsExactly(
            List.of("a", "0.01", 1.0),
            List.of("a", "0.1", 4.0),
            List.of("b", "0.01", 2.0),
            List.of("b", "0.1", 3.0));
  }

  @Test
  void curveTakesTheBestOfTheOthersAtEachRate() {
    Axis third = new Axis("third", List.of("x", "y"), false, false);
    double[][] medians = {{8, 2}, {5, 6}};
    List<Run> all = new ArrayList<>();
    for (int rate = 0; rate < 2; rate++) {
      for (int other = 0; other < 2; other++) {
        all.add(
            new Run(
                "r" + all.size(),
                List.of(RATE.values().get(rate), third.values().get(other)),
                1,
                State.FINISHED,
                1,
                Map.of(METRIC, medians[rate][other]),
                ""));
      }
    }
    SweepResults results = TypicalSweeps.results("test", List.of(RATE, third), all, Map.of());
    Ranking ranking = Ranking.of(results);
    List<Effects> effects = Effects.of(results, ranking);

    assertThat(effects.get(0).rows()).extracting(Effects.Row::best).containsExactly(5.0, 2.0);
    assertThat(effects.get(0).rows()).extracting(Effects.Row::median).containsExactly(5.5, 5.0);
    assertThat(effects.get(1).rows()).extracting(Effects.Row::best).containsExactly(5.0, 2.0);
    assertThat(effects.get(0).reach(true)).isEqualTo(2.5);
    assertThat(effects.get(0).reach(false)).isEqualTo(3);
  }

  @Test
  void effectsCountInfiniteScoresAndValuesWithoutAFiniteMedian() {
    with("0.1", "a", INF, INF, 1).with("0.1", "b", INF, INF, INF);
    with("0.01", "a", 1, 2, 3).with("0.01", "b", 4, INF, 4);

    Effects rates = Effects.of(results(), ranking()).get(0);

    assertThat(rates.rows()).extracting(row -> row.level().label()).containsExactly("0.01", "0.1");
    assertThat(rates.rows()).extracting(Effects.Row::median).containsExactly(3.0, INF);
    assertThat(rates.rows().get(0).infinite()).isCloseTo(1.0 / 6, within(1e-12));
    assertThat(rates.rows().get(1).infinite()).isCloseTo(5.0 / 6, within(1e-12));
    assertThat(rates.hopeless()).isEqualTo(1);
    assertThat(rates.reach(true)).isEqualTo(1);
  }

  @Test
  void contrastAgreesWithPairedDifference() {
    double[] first = {1, 2, 3, 5};
    double[] second = {10, 21, 40, 38};
    with("0.1", "a", first).with("0.1", "b", second);
    Bootstrap bootstrap = Bootstrap.seeded(1);
    PairedDifference expected = PairedDifference.of(first, second, bootstrap);
    Ranking ranking = ranking();

    Contrast contrast =
        Contrast.of(ranking.ranked().get(0), ranking.ranked().get(1), true, bootstrap);

    assertThat(Math.log10(contrast.median().orElseThrow()))
        .isCloseTo(expected.median().orElseThrow(), within(1e-12));
    assertThat(Math.log10(contrast.interval().orElseThrow().low()))
        .isCloseTo(expected.interval().orElseThrow().low(), within(1e-12));
    assertThat(Math.log10(contrast.interval().orElseThrow().high()))
        .isCloseTo(expected.interval().orElseThrow().high(), within(1e-12));
    assertThat(contrast.verdict()).isEqualTo("decided");
  }

  @Test
  void contrastIsUndecidedWhereTheIntervalHoldsNoDifference() {
    with("0.1", "a", 1, 2, 3).with("0.1", "b", 2, 1, 4);
    List<Configuration> ranked = ranking().ranked();
    Bootstrap bootstrap = Bootstrap.seeded(1);

    assertThat(Contrast.of(ranked.get(0), ranked.get(1), true, bootstrap).verdict())
        .isEqualTo("undecided");
    assertThat(Contrast.of(ranked.get(0), ranked.get(1), false, bootstrap).verdict())
        .isEqualTo("undecided");
  }

  @Test
  void negativeScoresAreComparedByTheirDifference() {
    with("0.1", "a", -3, -2, -1, -2).with("0.1", "b", 1, 3, 5, 3);
    Ranking ranking = ranking();
    Contrast contrast =
        Contrast.of(
            ranking.ranked().get(0), ranking.ranked().get(1), ranking.ratio(), Bootstrap.seeded(1));

    assertThat(ranking.ratio()).isFalse();
    assertThat(contrast.median().orElseThrow()).isEqualTo(-5);
    assertThat(contrast.interval().orElseThrow().high()).isNegative();
    assertThat(contrast.decided()).isTrue();
  }

  @Test
  void twoSeedsAreTooFewAndOnlySharedOnesArePaired() {
    with("0.1", "a", 1, 1).with("0.1", "b", 2, 2);
    List<Configuration> ranked = ranking().ranked();

    Contrast contrast = Contrast.of(ranked.get(0), ranked.get(1), true, Bootstrap.seeded(1));

    assertThat(contrast.verdict()).isEqualTo("too few seeds");
    assertThat(contrast.median().orElseThrow()).isCloseTo(0.5, within(1e-12));
    assertThat(contrast.pairs()).isEqualTo(2);
  }

  @Test
  void manyNumbersAreGroupedInOrderAndWordsAreNot() {
    List<String> numbers = new ArrayList<>();
    for (int i = 20; i > 0; i--) {
      numbers.add(Integer.toString(i));
    }
    assertThat(Level.of(new Axis("n", numbers, true, false), 4))
        .extracting(Level::label)
        .containsExactly("1 to 5", "6 to 10", "11 to 15", "16 to 20");
    assertThat(Level.of(new Axis("n", numbers, false, false), 4)).hasSize(20);
  }
}
