package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StatefulListener;
import dev.idem.api.training.TrainingListener.StepReport;
import java.io.IOError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener's failure is its own. */
class IsolatedListenerTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<String> reports = new ArrayList<>();

  private static StepReport step(long step) {
    return new StepReport(step, Map.of("loss", 1.0), 1, 0.1);
  }

  @Test
  void everythingIsReportedInOrderBeforeItIsSaved() {
    List<Long> told = new ArrayList<>();
    StatefulListener counting =
        new StatefulListener() {
          @Override
          public String name() {
            return "counting";
          }

          @Override
          public void stepped(StepReport report) {
            told.add(report.step());
          }

          @Override
          public Map<String, double[]> save() {
            return Map.of("count", new double[] {told.size()});
          }

          @Override
          public void restore(Map<String, double[]> saved) {}
        };
    try (IsolatedListener isolated =
        new IsolatedListener("counting", counting, LONG, reports::add)) {
      LongStream.range(0, 5_000).forEach(i -> isolated.stepped(step(i)));
      assertThat(isolated.save().get("count")).containsExactly(5_000);
    }
    assertThat(told).isEqualTo(LongStream.range(0, 5_000).boxed().toList());
    assertThat(reports).isEmpty();
  }

  @Test
  void aThrowingListenerIsReportedOnceAndDetached() {
    List<Long> told = new ArrayList<>();
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void stepped(StepReport report) {
            told.add(report.step());
            if (report.step() == 2) {
              throw new IllegalStateException("no space left");
            }
          }
        };
    try (IsolatedListener isolated = new IsolatedListener("chart", failing, LONG, reports::add)) {
      LongStream.range(0, 10).forEach(i -> isolated.stepped(step(i)));
      isolated.finished(10, "completed");
      assertThat(isolated.dropped()).isTrue();
    }
    assertThat(told).containsExactly(0L, 1L, 2L);
    assertThat(reports)
        .containsExactly("chart failed: no space left; detached, training continues");
  }

  /** On a thread of its own an error would end that thread, with a stack trace on the console. */
  @Test
  void anErrorOfAnyKindIsReportedLikeAnyOtherFailure() {
    for (Error error :
        List.of(
            new Error(),
            new ServiceConfigurationError("inside"),
            new IOError(new IOException("disk")),
            new StackOverflowError(),
            new AssertionError("wrong"))) {
      TrainingListener failing =
          new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
              throw error;
            }
          };
      reports.clear();
      try (IsolatedListener isolated = new IsolatedListener("own", failing, LONG, reports::add)) {
        LongStream.range(0, 3).forEach(i -> isolated.stepped(step(i)));
        isolated.finished(3, "completed");
      }
      assertThat(reports)
          .containsExactly("own failed: %s; detached, training continues".formatted(error));
    }
  }

  @Test
  void oneThatNeverAnswersIsLeftBehindAndCannotReadTheNetworkLater() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch tried = new CountDownLatch(1);
    List<String> late = new ArrayList<>();
    TrainingListener stuck =
        new TrainingListener() {
          @Override
          public void evaluated(long stepsDone, NetworkView network) {
            try {
              released.await();
              network.shape();
            } catch (InterruptedException | IllegalStateException e) {
              late.add(e.getMessage() == null ? "interrupted" : e.getMessage());
            } finally {
              tried.countDown();
            }
          }
        };
    try (IsolatedListener isolated =
        new IsolatedListener("stuck", stuck, Duration.ofMillis(50), reports::add)) {
      isolated.evaluated(1, LinearRun.view(1));
      released.countDown();
      tried.await();
    }
    assertThat(reports)
        .containsExactly("stuck did not answer within 0.05 s; detached, training continues");
    assertThat(late).containsExactly("the network was lent for the evaluation alone");
  }

  /** Told more, a listener that lost its place would write over what is there. */
  @Test
  void aDetachedListenerStaysDetachedWhenTheRunResumes(@TempDir Path folder) throws IOException {
    Map<String, double[]> saved;
    CsvListener closed = new CsvListener(folder.resolve("steps.csv"));
    try (IsolatedListener isolated = new IsolatedListener("csv", closed, LONG, reports::add)) {
      isolated.started(LinearRun.task(3));
      isolated.stepped(step(0));
      isolated.evaluated(1, LinearRun.view(1));
      closed.close();
      isolated.stepped(step(1));
      isolated.finished(2, "completed");
      assertThat(isolated.dropped()).isTrue();
      saved = isolated.save();
    }
    byte[] before = Files.readAllBytes(folder.resolve("steps.csv"));
    reports.clear();

    try (CsvListener csv = new CsvListener(folder.resolve("steps.csv"));
        IsolatedListener isolated = new IsolatedListener("csv", csv, LONG, reports::add)) {
      isolated.restore(saved);
      isolated.stepped(step(2));
      isolated.finished(3, "completed");
    }
    assertThat(folder.resolve("steps.csv")).hasBinaryContent(before);
    assertThat(reports)
        .containsExactly(
            "csv had failed or fallen behind before the run was interrupted; detached,"
                + " training continues");
  }

  @Test
  void aListenerThatCannotResumeIsRefusedNotDropped(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("steps.csv"), "cut");
    try (CsvListener csv = new CsvListener(file);
        IsolatedListener isolated = new IsolatedListener("csv", csv, LONG, reports::add)) {
      assertThatThrownBy(
              () ->
                  isolated.restore(Map.of("length", new double[] {40}, "crc32", new double[] {1})))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "%s has 3 bytes of the 40 that the run had written to it; put the file back", file);
    }
    assertThat(reports).isEmpty();
  }
}
