package dev.idem.figures.evaluation;

/**
 * What was evaluated.
 *
 * @param name of its folder, without the way there
 * @param fingerprint the SHA-256 of its files: the same after copying
 */
public record EvaluatedSubject(String name, String fingerprint) {}
