package dev.idem.figures;

import dev.idem.api.check.Require;
import dev.idem.generative.image.Picture;

/**
 * A drawing of a figure, with its caption.
 *
 * @param name of its files, without ending
 * @param caption what it shows, sample sizes included
 * @param picture charts or images
 */
public record Drawing(String name, String caption, Picture picture) {
  public Drawing {
    Require.argument(
        name.matches("[a-z0-9][a-z0-9-]*"),
        "drawing name '%s' must be lower-case and hyphens",
        name);
  }
}
