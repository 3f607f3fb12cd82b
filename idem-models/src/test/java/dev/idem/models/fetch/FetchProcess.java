package dev.idem.models.fetch;

import dev.idem.models.fetch.DataFetcher.Listener;
import dev.idem.models.fetch.DataFetcher.Timeouts;
import dev.idem.models.fetch.DataSets.DataSet;
import dev.idem.models.fetch.DataSets.PinnedFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Fetches a set of one file in a process of its own, and prints its events. */
final class FetchProcess {

  private FetchProcess() {}

  /** Starts it: a cache's folder, a mirror, and the file's name, length and SHA-256. */
  static Process start(Path output, Path cache, URI mirror, PinnedFile file) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            FetchProcess.class.getName(),
            cache.toString(),
            mirror.toString(),
            file.name(),
            Long.toString(file.bytes()),
            file.sha256())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** In that process. */
  public static void main(String[] arguments) throws IOException {
    PinnedFile file = new PinnedFile(arguments[2], Long.parseLong(arguments[3]), arguments[4]);
    DataSet set = new DataSet("toy", "Toy", List.of(file), List.of(URI.create(arguments[1])));
    Timeouts timeouts = new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));
    new DataFetcher(new DataCache(Path.of(arguments[0])), timeouts)
        .fetch(
            set,
            new Listener() {
              @Override
              public void waiting() {
                System.out.println("waiting");
              }

              @Override
              public void present(PinnedFile present) {
                System.out.println("present");
              }

              @Override
              public void stored(PinnedFile stored) {
                System.out.println("stored");
              }
            });
  }
}
