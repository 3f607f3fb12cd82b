package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.algebra.Shape;
import dev.idem.api.training.NetworkView;
import dev.idem.runs.RunFolder.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which images of a run are kept. */
class SnapshotsTest {

  private static final long PLANNED = 100;

  @TempDir Path temporary;

  private static final NetworkView NETWORK =
      new NetworkView() {
        @Override
        public Shape shape() {
          return Shape.of(1);
        }

        @Override
        public float[][] apply(float[][] x) {
          return x;
        }

        @Override
        public float[][] applyAsInTraining(float[][] x) {
          return x;
        }

        @Override
        public double[] parameter(String parameter) {
          return new double[0];
        }
      };

  private Snapshots snapshots() {
    return new Snapshots(
        temporary.resolve("snapshots"),
        PLANNED,
        Map.of("image/samples", network -> "png".getBytes(StandardCharsets.UTF_8)));
  }

  private List<Long> steps() throws IOException {
    return Snapshots.in(temporary.resolve("snapshots")).stream().map(Snapshot::step).toList();
  }

  /** Evaluates after these steps, drawing where it must and at some other steps. */
  private void evaluate(Snapshots snapshots, int others, LongStream steps) throws IOException {
    for (long step : steps.toArray()) {
      if (snapshots.isFirstOfItsPart(step) || step % others == 0) {
        snapshots.draw(step, NETWORK);
      }
    }
  }

  @Test
  void theFirstOfEachFifthAndTheLastAreKept() throws IOException {
    assertThat(steps()).isEmpty();
    evaluate(snapshots(), 7, LongStream.rangeClosed(0, PLANNED).filter(step -> step % 3 == 0));
    snapshots().draw(PLANNED, NETWORK);
    assertThat(steps()).containsExactly(0L, 21L, 42L, 60L, 81L, PLANNED);
  }

  @Test
  void aRunThatRepeatsStepsKeepsTheSame() throws IOException {
    evaluate(snapshots(), 5, LongStream.rangeClosed(0, 70));
    assertThat(steps()).containsExactly(0L, 20L, 40L, 60L, 70L);
    evaluate(snapshots(), 3, LongStream.rangeClosed(31, 50));
    assertThat(steps()).containsExactly(0L, 20L, 40L, 48L);
    evaluate(snapshots(), 11, LongStream.rangeClosed(51, PLANNED));
    snapshots().draw(PLANNED, NETWORK);
    assertThat(steps()).containsExactly(0L, 20L, 40L, 60L, 80L, PLANNED);
  }

  @Test
  void aRunThatEndsEarlyKeepsItsLast() throws IOException {
    evaluate(snapshots(), 1_000, LongStream.rangeClosed(0, 33));
    snapshots().draw(33, NETWORK);
    assertThat(steps()).containsExactly(0L, 20L, 33L);
  }
}
