package dev.idem.figures;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A figure of the paper, recomputed. */
public interface Figure {

  /** The title. */
  String title();

  /** What the paper shows. */
  String paperShows();

  /** This project's own choices in it. */
  String ourSetting();

  /** Whether it is drawn by default; a slow one is not. */
  default boolean inDefaultSet() {
    return true;
  }

  /** The name of a set of figures that it belongs to, by which they are drawn together. */
  default Optional<String> set() {
    return Optional.empty();
  }

  /**
   * How long it took in the quick preset on two cores, as {@code idem reproduce} prints it, if that
   * was measured. Only ratios between figures are used, to estimate the time left for all.
   */
  default Optional<Duration> quickTime() {
    return Optional.empty();
  }

  /**
   * The claims that its result has findings on, known before it is drawn. Several figures may
   * measure the same claim; the last of those drawn decides.
   */
  default List<Claim> claims() {
    return List.of();
  }

  /**
   * Whether all its runs go through {@link FigureContext#pool}, and none needs the result of
   * another: the figure may then be computed on several machines.
   */
  default boolean distributes() {
    return false;
  }

  /**
   * Computes and draws it. The same context gives the same drawings and tables, except for tables
   * of timings and their charts.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  FigureResult draw(FigureContext context) throws InterruptedException;
}
