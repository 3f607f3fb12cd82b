package dev.idem.generative.data;

/**
 * A file that could not be used.
 *
 * @param path under the folder
 * @param reason in a few words, to be read after the path
 */
public record Skipped(String path, String reason) {}
