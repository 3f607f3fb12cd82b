package dev.idem.api.training;

import java.util.Map;

/**
 * What one training step measured on its own batch, before its update.
 *
 * @param step from 0
 * @param terms for each term of the objective: the loss, or for an output gradient its Euclidean
 *     norm; without the factor of the term's schedule, so that the values of different steps
 *     compare
 * @param gradientNorm the global norm of the parameter gradients, before clipping
 * @param learningRate as used, schedule applied
 */
public record StepReport(
    long step, Map<String, Double> terms, double gradientNorm, double learningRate) {}
