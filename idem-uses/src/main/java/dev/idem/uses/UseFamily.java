package dev.idem.uses;

import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.FigureResult.Drawing;
import java.util.List;

/** A use at all its settings, with the claim that its figure decides. */
public interface UseFamily {

  /** The name of its figure and of its task, such as {@code sorting}. */
  String name();

  /** The title of its figure. */
  String title();

  /** What is compared on what, in a few sentences: this project's own choices. */
  String choices();

  /** The settings, at least one. */
  List<Use> uses();

  /** What is claimed, and the rule that decides. */
  Claim claim();

  /** The verdict by the rule of {@link #claim}. */
  Finding judge(UseResults results);

  /** Sentences that sum up the results, the most important ones first. */
  List<String> sentences(UseResults results);

  /** Images beside the curves; none unless a use has something to show. */
  default List<Drawing> pictures(UseResults results) {
    return List.of();
  }

  /**
   * How many of the held-out samples {@link UseRun.Measured#shown} keeps, for {@link #pictures}.
   */
  default int shown() {
    return 0;
  }
}
