package dev.idem.runs.catalogue;

import java.util.function.Supplier;

/**
 * An implementation under its name.
 *
 * @param supplier creates it, or returns the only one
 * @param <V> what it is
 */
public record Entry<V>(String name, Origin origin, Supplier<V> supplier) {}
