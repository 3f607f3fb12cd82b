package dev.idem.cli.catalogue;

import com.google.inject.Provider;

/**
 * An implementation under its name.
 *
 * @param provider makes it, or answers the one there is
 * @param <V> what it is
 */
public record Entry<V>(String name, Origin origin, Provider<V> provider) {}
