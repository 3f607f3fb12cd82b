package dev.idem.runs.experiment;

/**
 * An option of a command line that stands for a key of an experiment file.
 *
 * @param key dotted, such as {@code plan.steps}
 * @param value as it was given; items of a list have commas between them
 * @param name of the option, in messages and origins
 */
public record Flag(String key, String value, String name) {}
