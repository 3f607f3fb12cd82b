package dev.idem.models.fetch;

import dev.idem.models.fetch.DataFetcher.Timeouts;
import dev.idem.models.fetch.DataSet.PinnedFile;
import dev.idem.models.fetch.Origin.SourceFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Downloads of files of known length. A partial file is continued by a range request, whoever sent
 * its beginning: all sources have the same bytes or the hash will say so, which is why no {@code
 * If-Range} is sent (an entity tag would hold for one server only).
 */
final class HttpDownload {

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NO_SUCH_RANGE = 416;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MOST_REDIRECTS = 5;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)");

  private final HttpClient client;
  private final Timeouts timeouts;

  HttpDownload(Timeouts timeouts) {
    this.timeouts = timeouts;
    this.client =
        HttpClient.newBuilder()
            // One file at a time has no use for HTTP/2, and plain http servers may stumble over
            // the offer of it.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeouts.connect())
            .build();
  }

  /**
   * Downloads a file to {@code part}, which may hold its beginning already. The result has the
   * file's length; its hash is not yet verified.
   *
   * @param received receives the length of {@code part} as it grows
   * @throws SourceFailure if the server does not send it; {@code part} may then hold the beginning
   * @throws IOException if {@code part} cannot be written
   */
  void bring(URI address, PinnedFile file, Path part, LongConsumer received) throws IOException {
    long from = Files.exists(part) ? Files.size(part) : 0;
    if (from > file.bytes()) {
      Files.delete(part);
      from = 0;
    }
    if (from == file.bytes()) {
      return;
    }
    HttpResponse<TimedBody> answer = answer(address, from);
    if (answer.statusCode() == NO_SUCH_RANGE && from > 0) {
      answer.body().close();
      from = 0;
      answer = answer(address, 0);
    }
    try (TimedBody body = answer.body()) {
      write(file, start(file, from, answer), body, part, received);
    }
  }

  /** The first answer that is not a redirection. */
  private HttpResponse<TimedBody> answer(URI first, long from) throws IOException {
    URI address = first;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpResponse<TimedBody> answer = send(address, from);
      if (!REDIRECTS.contains(answer.statusCode())) {
        return answer;
      }
      answer.body().close();
      String location =
          answer
              .headers()
              .firstValue("Location")
              .orElseThrow(() -> new SourceFailure("redirects without saying where to"));
      address = redirected(address, location);
    }
    throw new SourceFailure("redirects more than %s times".formatted(MOST_REDIRECTS));
  }

  /**
   * The address to which {@code location} leads from {@code address}.
   *
   * @throws SourceFailure if that is not an address, or leads from https to http
   */
  static URI redirected(URI address, String location) throws SourceFailure {
    URI next;
    try {
      next = address.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new SourceFailure("redirects to '%s', which is not an address".formatted(location), e);
    }
    if (!isHttp(next)) {
      throw new SourceFailure("redirects to %s, which is not http or https".formatted(next));
    }
    if (isScheme(address, "https") && !isScheme(next, "https")) {
      throw new SourceFailure("redirects from https to http (%s); refused".formatted(next));
    }
    return next;
  }

  static boolean isHttp(URI address) {
    return address.getHost() != null && (isScheme(address, "https") || isScheme(address, "http"));
  }

  private static boolean isScheme(URI address, String scheme) {
    return scheme.equalsIgnoreCase(address.getScheme());
  }

  private HttpResponse<TimedBody> send(URI address, long from) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(timeouts.read())
            .header("Accept-Encoding", "identity");
    if (from > 0) {
      request.header("Range", "bytes=%s-".formatted(from));
    }
    try {
      return client.send(request.build(), answer -> new TimedBody(timeouts.read()));
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (IOException e) {
      throw new SourceFailure(reason(e), e);
    }
  }

  private String reason(IOException failure) {
    if (failure instanceof HttpConnectTimeoutException) {
      return "no connection within " + seconds(timeouts.connect());
    }
    if (failure instanceof HttpTimeoutException) {
      return "no answer within " + seconds(timeouts.read());
    }
    if (failure instanceof ConnectException) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof UnresolvedAddressException) {
          return "no such host";
        }
      }
      return "connection refused";
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }

  /** The position in the file at which the body of an answer begins. */
  private static long start(PinnedFile file, long from, HttpResponse<TimedBody> answer)
      throws SourceFailure {
    if (answer.statusCode() == OK) {
      requireLength(file, answer.headers().firstValueAsLong("Content-Length"));
      return 0;
    }
    if (answer.statusCode() != PARTIAL || from == 0) {
      throw new SourceFailure("HTTP " + answer.statusCode());
    }
    String range = answer.headers().firstValue("Content-Range").orElse("");
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) != from) {
      throw new SourceFailure("asked for bytes from %s on, sends '%s'".formatted(from, range));
    }
    String length = matcher.group(2);
    requireLength(
        file, length.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length)));
    return from;
  }

  private static void requireLength(PinnedFile file, OptionalLong length) throws SourceFailure {
    if (length.isPresent() && length.getAsLong() != file.bytes()) {
      throw failure(
          "has %,d bytes, not %,d; not the pinned file", length.getAsLong(), file.bytes());
    }
  }

  private static void write(
      PinnedFile file, long start, TimedBody body, Path part, LongConsumer received)
      throws IOException {
    long total = start;
    received.accept(total);
    try (OutputStream out =
        start > 0
            ? Files.newOutputStream(part, StandardOpenOption.APPEND)
            : Files.newOutputStream(part)) {
      while (total <= file.bytes()) {
        Optional<List<ByteBuffer>> piece = body.next();
        if (piece.isEmpty()) {
          break;
        }
        for (ByteBuffer bytes : piece.get()) {
          byte[] taken = new byte[(int) Math.min(bytes.remaining(), file.bytes() + 1 - total)];
          bytes.get(taken);
          out.write(taken);
          total += taken.length;
        }
        received.accept(Math.min(total, file.bytes()));
      }
    }
    if (total > file.bytes()) {
      Files.delete(part);
      throw failure("sends more than %,d bytes", file.bytes());
    }
    if (total < file.bytes()) {
      throw failure("ended after %,d of %,d bytes", total, file.bytes());
    }
  }

  private static SourceFailure failure(String format, Object... lengths) {
    return new SourceFailure(String.format(Locale.ROOT, format, lengths));
  }

  /**
   * The body of an answer, read piece by piece, each within a time. The client's own time limit
   * ends where the body begins: without this, a server that stalls would block for ever.
   */
  private static final class TimedBody implements BodySubscriber<TimedBody>, Closeable {

    /** A piece, or the end: then {@code bytes} is null, and {@code failure} too if all is well. */
    private record Event(@Nullable List<ByteBuffer> bytes, @Nullable Throwable failure) {}

    private final Duration limit;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final AtomicReference<Flow.@Nullable Subscription> subscription =
        new AtomicReference<>();

    TimedBody(Duration limit) {
      this.limit = limit;
    }

    @Override
    public CompletionStage<TimedBody> getBody() {
      return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      if (subscription.compareAndSet(null, given)) {
        given.request(1);
      } else {
        given.cancel();
      }
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
        event = events.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw interrupted();
      }
      if (event == null) {
        throw new SourceFailure("sent nothing for " + seconds(limit));
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
}
