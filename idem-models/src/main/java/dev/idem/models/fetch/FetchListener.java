package dev.idem.models.fetch;

/** Is told how a fetch goes on, in the thread that fetches. */
public interface FetchListener {

  /** Another process, or thread, fetches the same set; this one waits until it has finished. */
  default void waiting() {}

  /** A file is in the cache, intact; nothing was done. */
  default void present(PinnedFile file) {}

  /** A source is asked for a file. */
  default void asked(PinnedFile file, String source) {}

  /**
   * Bytes of the file now asked for have come.
   *
   * @param total of the file so far; starts above zero where a partial file is continued, and falls
   *     back to zero where it is begun anew
   */
  default void received(PinnedFile file, long total) {}

  /** A source did not give the file; the next is asked, if there is one. */
  default void failed(PinnedFile file, String source, String reason) {}

  /** The file is in the cache, checked. */
  default void stored(PinnedFile file) {}
}
