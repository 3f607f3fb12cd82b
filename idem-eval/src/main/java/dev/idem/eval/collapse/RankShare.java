package dev.idem.eval.collapse;

/**
 * The diversity of a network's outputs at one evaluation.
 *
 * @param step steps done
 * @param rank effective rank of the outputs; 0 if they hardly vary, not-a-number if one is not
 *     finite
 * @param share rank / effective rank of the real samples
 */
public record RankShare(long step, double rank, double share) {}
