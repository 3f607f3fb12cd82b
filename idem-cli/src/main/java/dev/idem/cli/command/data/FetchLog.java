package dev.idem.cli.command.data;

import dev.idem.eval.Progress;
import dev.idem.models.fetch.DataFetcher.Listener;
import dev.idem.models.fetch.DataSets.PinnedFile;
import java.io.Closeable;
import java.io.PrintWriter;
import java.util.Locale;

/** Reports the progress of a fetch on the console. */
final class FetchLog implements Listener, Closeable {

  private final PrintWriter out;
  private final Progress progress;
  private long shown;

  FetchLog(PrintWriter out, Progress progress) {
    this.out = out;
    this.progress = progress;
  }

  @Override
  public void waiting() {
    say("another fetch of this set is running; waiting for it");
  }

  @Override
  public void present(PinnedFile file) {
    say(file.name() + ": already present, intact");
  }

  @Override
  public void asked(PinnedFile file, String source) {
    say("from " + source);
    progress.begin(file.name(), file.bytes());
    shown = 0;
  }

  @Override
  public void received(PinnedFile file, long total) {
    if (total < shown) {
      progress.begin(file.name() + ", from its beginning", file.bytes());
      shown = 0;
    }
    if (total > shown) {
      progress.advance(total - shown);
      shown = total;
    }
  }

  @Override
  public void failed(PinnedFile file, String source, String reason) {
    progress.end();
    say("  failed: " + reason);
  }

  @Override
  public void stored(PinnedFile file) {
    progress.end();
    say(String.format(Locale.ROOT, "%s: %,d bytes, SHA-256 as pinned", file.name(), file.bytes()));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void close() {
    progress.end();
  }
}
