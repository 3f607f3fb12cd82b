package dev.idem.runs;

import dev.idem.api.check.ForeignCode;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Keeps the page of a run up to date. What fails is reported once and ends neither the run nor
 * later pages. Must come after the listeners whose files the page shows.
 */
final class PageListener implements TrainingListener {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** A page is written again after so many times the time that it took: 2 % of a run's time. */
  private static final int SHARE = 50;

  private final RunHost.Page page;
  private final RunFolder folder;
  private final Snapshots snapshots;
  private final InstantSource clock;
  private final Consumer<String> report;
  private Instant due;
  private boolean failed;

  /**
   * A listener.
   *
   * @param report notified of what failed first
   */
  PageListener(
      RunHost.Page page,
      RunFolder folder,
      Snapshots snapshots,
      InstantSource clock,
      Consumer<String> report) {
    this.page = page;
    this.folder = folder;
    this.snapshots = snapshots;
    this.clock = clock;
    this.report = report;
    this.due = clock.instant().plus(PAUSE);
  }

  @Override
  public void evaluated(long stepsDone, NetworkView network) {
    boolean now = !clock.instant().isBefore(due);
    attempt(
        () -> {
          if (now || snapshots.isFirstOfItsPart(stepsDone)) {
            snapshots.draw(stepsDone, network);
          }
        });
    if (now) {
      Instant began = clock.instant();
      write(RunHost.Page.State.RUNNING);
      Instant ended = clock.instant();
      Duration pause = Duration.between(began, ended).multipliedBy(SHARE);
      due = ended.plus(pause.compareTo(PAUSE) < 0 ? PAUSE : pause);
    }
  }

  /** Draws the network of a run that has ended. */
  void draw(TrainedNetwork network) {
    attempt(() -> snapshots.draw(network.steps(), network));
  }

  /** Writes the page. */
  void write(RunHost.Page.State state) {
    attempt(() -> page.write(folder, state));
  }

  private void attempt(ForeignCode.Task task) {
    ForeignCode.thrownBy(task)
        .ifPresent(
            thrown -> {
              if (!failed) {
                failed = true;
                report.accept(
                    "the run's page is missing or incomplete: %s"
                        .formatted(ForeignCode.reason(thrown)));
              }
            });
  }
}
