package dev.idem.models.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files on a server. A partial file is continued by a range request, whoever sent its beginning:
 * all sources have the same bytes or the hash will say so, which is why no {@code If-Range} is sent
 * (an entity tag would hold for one server only).
 */
final class HttpSource implements Source {

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NO_SUCH_RANGE = 416;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)");

  private final Function<PinnedFile, URI> addresses;
  private final HttpClient client;
  private final Timeouts timeouts;

  HttpSource(Function<PinnedFile, URI> addresses, Timeouts timeouts) {
    this.addresses = addresses;
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

  @Override
  public String place(PinnedFile file) {
    return addresses.apply(file).toString();
  }

  @Override
  public void bring(PinnedFile file, Path part, LongConsumer received) throws IOException {
    long from = Files.exists(part) ? Files.size(part) : 0;
    if (from > file.bytes()) {
      Files.delete(part);
      from = 0;
    }
    if (from == file.bytes()) {
      return;
    }
    HttpResponse<TimedBody> answer = answer(addresses.apply(file), from);
    if (answer.statusCode() == NO_SUCH_RANGE && from > 0) {
      answer.body().close();
      from = 0;
      answer = answer(addresses.apply(file), 0);
    }
    try (TimedBody body = answer.body()) {
      write(file, start(file, from, answer), body, part, received);
    }
  }

  private HttpResponse<TimedBody> answer(URI first, long from) throws IOException {
    URI address = first;
    for (int redirects = 0; redirects <= Redirects.MOST; redirects++) {
      HttpResponse<TimedBody> answer = send(address, from);
      if (!Redirects.isRedirect(answer.statusCode())) {
        return answer;
      }
      answer.body().close();
      String location =
          answer
              .headers()
              .firstValue("Location")
              .orElseThrow(() -> new SourceFailure("redirects without saying where to"));
      address = Redirects.next(address, location);
    }
    throw new SourceFailure("redirects more than %s times".formatted(Redirects.MOST));
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
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
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
      return hasCause(failure, UnresolvedAddressException.class)
          ? "no such host"
          : "connection refused";
    }
    return String.valueOf(
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage());
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  /** The position in the file at which the body of an answer begins. */
  private static long start(PinnedFile file, long from, HttpResponse<TimedBody> answer)
      throws SourceFailure {
    if (answer.statusCode() == OK) {
      OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
      requireLength(file, length.isPresent() ? Optional.of(length.getAsLong()) : Optional.empty());
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
    requireLength(
        file, Optional.of(matcher.group(2)).filter(t -> !t.equals("*")).map(Long::valueOf));
    return from;
  }

  private static void requireLength(PinnedFile file, Optional<Long> length) throws SourceFailure {
    if (length.isPresent() && length.get() != file.bytes()) {
      throw new SourceFailure(
          String.format(
              Locale.ROOT,
              "has %,d bytes, not %,d; not the pinned file",
              length.get(),
              file.bytes()));
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
      throw new SourceFailure(
          String.format(Locale.ROOT, "sends more than %,d bytes", file.bytes()));
    }
    if (total < file.bytes()) {
      throw new SourceFailure(
          String.format(Locale.ROOT, "ended after %,d of %,d bytes", total, file.bytes()));
    }
  }
}
