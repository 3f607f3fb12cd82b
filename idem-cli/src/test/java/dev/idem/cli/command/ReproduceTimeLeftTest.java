package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import dev.idem.figures.report.Report;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReproduceTimeLeftTest {

  private static final List<Figure> FIGURES = List.of(taking(20), taking(60), taking(100));

  @Test
  void theTimeLeftFollowsThePaceOfTheFiguresBefore() {
    assertThat(left(Preset.QUICK, FIGURES, 40, 120))
        .as("twice as slow as measured: twice the 100 seconds of the third")
        .isEqualTo(", about 0:03:20 left");
  }

  @Test
  void aFailedFigureSaysNothingAboutThePace() {
    Report.Entry failed =
        new Report.Entry(
            "failed", FIGURES.get(0), "", Optional.empty(), Optional.of("no memory"), 1);
    assertThat(
            ReproduceCommand.left(
                Preset.QUICK, List.of(failed, drawn(FIGURES.get(1), 60)), FIGURES))
        .isEqualTo(", about 0:01:40 left");
    assertThat(ReproduceCommand.left(Preset.QUICK, List.of(failed, failed), FIGURES)).isEmpty();
  }

  @Test
  void thereIsNoEstimateBeforeALongFigureIsDone() {
    assertThat(left(Preset.QUICK, FIGURES)).isEmpty();
    assertThat(left(Preset.QUICK, FIGURES, 20)).isEmpty();
  }

  @Test
  void thereIsNoEstimateForUnmeasuredPresetsAndFigures() {
    assertThat(left(Preset.PAPER, FIGURES, 40, 120)).isEmpty();
    List<Figure> unknown = List.of(taking(60), new Timed(Optional.empty()));
    assertThat(left(Preset.QUICK, unknown, 60)).isEmpty();
  }

  private static String left(Preset preset, List<Figure> all, double... took) {
    return ReproduceCommand.left(
        preset,
        IntStream.range(0, took.length).mapToObj(i -> drawn(all.get(i), took[i])).toList(),
        all);
  }

  private static Report.Entry drawn(Figure figure, double seconds) {
    return new Report.Entry("drawn", figure, "", Optional.empty(), Optional.empty(), seconds);
  }

  private static Figure taking(long seconds) {
    return new Timed(Optional.of(Duration.ofSeconds(seconds)));
  }

  private record Timed(Optional<Duration> quickTime) implements Figure {
    @Override
    public String title() {
      return "A figure";
    }

    @Override
    public String paperShows() {
      return "nothing";
    }

    @Override
    public String ourSetting() {
      return "nothing";
    }

    @Override
    public FigureResult draw(FigureContext context) {
      throw new IllegalStateException("is not drawn");
    }
  }
}
