package dev.idem.figures.evaluation;

import dev.idem.figures.FigureResult.Drawing;
import dev.idem.generative.image.Picture;
import java.util.Locale;

/** The drawings that an evaluation may have, in the order of its page. */
enum EvaluationDrawing {
  SAMPLES("The first samples and what f makes of them."),
  MEMORISATION(
      "The samples nearest to a training sample in the feature space, each above that one."),
  METRICS(
      "Metrics of f^k beside held-out samples, with 95 % intervals; k = 0 is the input itself. Open"
          + " marks are means over halves, which compare with the floor."),
  RESTORED("Held-out images, degraded, and what f makes of them."),
  RESTORATION(
      "Restoration of degraded samples at f^k, with 95 % intervals; k = 0 is the degraded"
          + " samples.");

  private final String caption;

  EvaluationDrawing(String caption) {
    this.caption = caption;
  }

  String caption() {
    return caption;
  }

  /** The name of its files, without ending. */
  String fileName() {
    return name().toLowerCase(Locale.ROOT);
  }

  Drawing of(Picture picture) {
    return new Drawing(fileName(), caption, picture);
  }
}
