package dev.idem.models.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, read piece by piece, each within a time. The client's own time limit ends
 * where the body begins, so that without this a server that stalls would be waited for for ever.
 */
final class TimedBody implements BodySubscriber<TimedBody>, Closeable {

  /** A piece, or the end: then {@code bytes} is null, and {@code failure} too if all is well. */
  private record Event(@Nullable List<ByteBuffer> bytes, @Nullable Throwable failure) {}

  private final Duration read;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

  TimedBody(Duration read) {
    this.read = read;
  }

  @Override
  public CompletionStage<TimedBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    if (!subscription.compareAndSet(null, given)) {
      given.cancel();
      return;
    }
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    events.add(new Event(bytes, null));
  }

  @Override
  public void onError(Throwable failure) {
    events.add(new Event(null, failure));
  }

  @Override
  public void onComplete() {
    events.add(new Event(null, null));
  }

  /**
   * The next piece, or nothing at the end of the body.
   *
   * @throws SourceFailure if none came in time, or the connection broke
   */
  Optional<List<ByteBuffer>> next() throws IOException {
    Event event;
    try {
      event = events.poll(read.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (event == null) {
      throw new SourceFailure("sent nothing for " + HttpSource.seconds(read));
    }
    if (event.failure() != null) {
      throw new SourceFailure("broke off: " + event.failure().getMessage(), event.failure());
    }
    Flow.Subscription source = subscription.get();
    if (event.bytes() != null && source != null) {
      source.request(1);
    }
    return Optional.ofNullable(event.bytes());
  }

  /** Gives up what has not been read. */
  @Override
  public void close() {
    Flow.Subscription source = subscription.get();
    if (source != null) {
      source.cancel();
    }
  }
}
