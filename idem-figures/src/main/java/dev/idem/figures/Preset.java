package dev.idem.figures;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much work goes into a figure. */
public enum Preset {
  /** Shows that everything runs; its numbers mean nothing. */
  SMOKE,
  /** Minutes on two cores. */
  QUICK,
  /** As many seeds and steps as a paper would report; hours. */
  PAPER;

  /** The name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The labels, from least to most work. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Preset::label).toList();
  }

  /** The preset of that label, if there is one. */
  public static Optional<Preset> labelled(String label) {
    return Arrays.stream(values()).filter(p -> p.label().equals(label)).findFirst();
  }

  /** One of three values, by preset. */
  public <V> V choose(V smoke, V quick, V paper) {
    return switch (this) {
      case SMOKE -> smoke;
      case QUICK -> quick;
      case PAPER -> paper;
    };
  }
}
