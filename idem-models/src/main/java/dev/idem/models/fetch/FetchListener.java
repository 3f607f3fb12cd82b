package dev.idem.models.fetch;

/** Receives the progress of a fetch, on the fetching thread. */
public interface FetchListener {

  /** Another process, or thread, fetches the same set; this one waits until it has finished. */
  default void waiting() {}

  /** A file is in the cache, intact; nothing was done. */
  default void present(PinnedFile file) {}

  /** A file is requested from a source. */
  default void asked(PinnedFile file, String source) {}

  /**
   * Bytes of the requested file have arrived.
   *
   * @param total of the file so far; starts above zero where a partial file is continued, and falls
   *     back to zero where the download restarts
   */
  default void received(PinnedFile file, long total) {}

  /** A source did not provide the file; the next one is tried, if there is one. */
  default void failed(PinnedFile file, String source, String reason) {}

  /** The file is in the cache, checked. */
  default void stored(PinnedFile file) {}
}
