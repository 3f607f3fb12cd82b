package dev.idem.api.strategy;

/**
 * The objective of a strategy in a training step: a {@link Loss} to minimise, or an {@link
 * OutputGradient} to start backpropagation from.
 *
 * @param <T> the engine's tensor
 */
public sealed interface Objective<T> permits Loss, OutputGradient {}
