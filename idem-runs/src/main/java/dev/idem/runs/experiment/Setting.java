package dev.idem.runs.experiment;

/**
 * A key's value and where it comes from.
 *
 * @param key which
 * @param value as {@link Kind} says, or a list of those
 * @param place of the key; the source alone for a default
 * @param at place of the value
 */
record Setting(Key key, Object value, Place place, Place at) {}
