package dev.idem.models.fetch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Where files can be had. */
interface Source {

  /** The place of a file, for people. */
  String place(PinnedFile file);

  /**
   * Brings a file to {@code part}, which may hold the beginning of it already. What is brought is
   * still to be checked.
   *
   * @param received is told the length of {@code part} as it grows
   * @throws SourceFailure if this source does not give the file; {@code part} may then hold the
   *     beginning of it
   * @throws IOException if {@code part} cannot be written
   */
  void bring(PinnedFile file, Path part, LongConsumer received) throws IOException;
}
