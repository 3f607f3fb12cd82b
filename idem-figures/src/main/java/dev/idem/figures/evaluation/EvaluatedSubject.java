package dev.idem.figures.evaluation;

/**
 * The subject of an evaluation.
 *
 * @param name of its folder, without the path
 * @param fingerprint the SHA-256 of its files: the same after copying
 */
public record EvaluatedSubject(String name, String fingerprint) {}
