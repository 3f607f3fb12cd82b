package dev.idem.models.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Files on this machine.
 *
 * @param paths where a file lies
 */
record LocalSource(Function<PinnedFile, Path> paths) implements Source {

  @Override
  public String place(PinnedFile file) {
    return paths.apply(file).toString();
  }

  @Override
  public void bring(PinnedFile file, Path part, LongConsumer received) throws IOException {
    Path original = paths.apply(file);
    Optional<String> problem = problem(file, original);
    if (problem.isPresent()) {
      throw new SourceFailure(problem.get());
    }
    // By way of a stream: a copy of the file would be as read-only as the original may be.
    try (InputStream in = Files.newInputStream(original)) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
    received.accept(file.bytes());
  }

  private static Optional<String> problem(PinnedFile file, Path original) throws SourceFailure {
    try {
      return file.problem(original);
    } catch (IOException e) {
      throw new SourceFailure("cannot be read: " + e.getMessage(), e);
    }
  }
}
