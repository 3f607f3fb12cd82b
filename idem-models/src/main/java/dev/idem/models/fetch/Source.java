package dev.idem.models.fetch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** A place that files can be fetched from. */
interface Source {

  /** The location of a file, for messages. */
  String place(PinnedFile file);

  /**
   * Fetches a file to {@code part}, which may hold its beginning already. The result is not yet
   * verified.
   *
   * @param received receives the length of {@code part} as it grows
   * @throws SourceFailure if this source does not provide the file; {@code part} may then hold the
   *     beginning of it
   * @throws IOException if {@code part} cannot be written
   */
  void bring(PinnedFile file, Path part, LongConsumer received) throws IOException;
}
