package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReproduceTimeLeftTest {

  private static final List<Figure> FIGURES = List.of(taking(20), taking(60), taking(100));

  @Test
  void theTimeLeftFollowsThePaceOfTheFiguresBefore() {
    assertThat(ReproduceCommand.left(Preset.QUICK, FIGURES, 2, 160))
        .as("twice as slow as measured: twice the 100 seconds of the third")
        .isEqualTo(", about 0:03:20 left");
  }

  @Test
  void nothingIsSaidBeforeALongFigureIsDone() {
    assertThat(ReproduceCommand.left(Preset.QUICK, FIGURES, 0, 0)).isEmpty();
    assertThat(ReproduceCommand.left(Preset.QUICK, FIGURES, 1, 20)).isEmpty();
  }

  @Test
  void nothingIsSaidOfPresetsAndFiguresThatWereNotMeasured() {
    assertThat(ReproduceCommand.left(Preset.PAPER, FIGURES, 2, 160)).isEmpty();
    List<Figure> unknown = List.of(taking(60), new Timed(Optional.empty()));
    assertThat(ReproduceCommand.left(Preset.QUICK, unknown, 1, 60)).isEmpty();
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
