package dev.idem.api.strategy;

/**
 * What a strategy asks of a training step: descend a {@link Loss}, or start backpropagation from an
 * {@link OutputGradient}.
 *
 * @param <T> the engine's tensor
 */
public sealed interface Objective<T> permits Loss, OutputGradient {}
