package dev.idem.figures;

import dev.idem.api.check.Require;

/**
 * The result of a figure on a claim.
 *
 * @param claim which
 * @param setting what it was measured on: this project's own choice
 * @param measured the numbers
 * @param verdict by the claim's rule
 */
public record Finding(Claim claim, String setting, String measured, Verdict verdict) {
  public Finding {
    Require.notBlank("setting of claim '" + claim.name() + "'", setting);
    Require.notBlank("measurement of claim '" + claim.name() + "'", measured);
    Require.argument(
        verdict != Verdict.NOT_MEASURED,
        "verdict on claim '%s' (%s) must follow from a measurement",
        claim.name(),
        verdict);
  }
}
