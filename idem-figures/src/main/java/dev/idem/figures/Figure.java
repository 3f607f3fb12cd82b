package dev.idem.figures;

import java.util.List;

/** A figure of a paper, computed anew. */
public interface Figure {

  /** What it is about. */
  String title();

  /** What the paper shows. */
  String paperShows();

  /** What is this project's own choice in it. */
  String ourSetting();

  /** Whether it is drawn when no figure is named; one that takes long is not. */
  default boolean inDefaultSet() {
    return true;
  }

  /**
   * The claims that its result has findings on, known before it is drawn. Several figures may
   * measure the same claim; the last of those drawn decides.
   */
  default List<Claim> claims() {
    return List.of();
  }

  /**
   * Computes and draws it. The same context gives the same drawings and tables, but for tables of
   * timings and the charts of them.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  FigureResult draw(FigureContext context) throws InterruptedException;
}
