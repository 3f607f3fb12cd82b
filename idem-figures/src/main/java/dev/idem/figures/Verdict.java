package dev.idem.figures;

import java.util.Locale;

/** The verdict on a claim. */
public enum Verdict {
  /** The measurement shows what the claim says. */
  REPRODUCED,
  /** It shows some of it. */
  IN_PART,
  /** It does not show it. */
  NOT_REPRODUCED,
  /** Nothing was measured. */
  NOT_MEASURED;

  /** In lower case, with spaces. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
