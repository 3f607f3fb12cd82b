package dev.idem.figures.report;

import dev.idem.figures.Claim;
import dev.idem.figures.Verdict;
import java.util.Optional;

/**
 * A claim in the report's first table.
 *
 * @param claim which
 * @param setting what it was measured on; a dash if it was not
 * @param measured the numbers, or why there are none
 * @param verdict by the claim's rule
 * @param figure of the report that measured it, by name
 * @param command that measures it
 */
public record ClaimRow(
    Claim claim,
    String setting,
    String measured,
    Verdict verdict,
    Optional<String> figure,
    String command) {}
