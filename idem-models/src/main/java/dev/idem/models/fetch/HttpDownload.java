package dev.idem.models.fetch;

import dev.idem.models.fetch.DataFetcher.Timeouts;
import dev.idem.models.fetch.DataSet.PinnedFile;
import dev.idem.models.fetch.Origin.SourceFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Downloads of files of known length. A partial file is continued by a range request, whoever sent
 * its beginning: all sources have the same bytes or the hash will say so, which is why no {@code
 * If-Range} is sent (an entity tag would hold for one server only).
 */
final class HttpDownload {

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NO_SUCH_RANGE = 416;
  private static final int BUFFER = 1 << 16;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MOST_REDIRECTS = 5;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)");

  private final HttpClient client;
  private final ExecutorService readers = Executors.newCachedThreadPool(HttpDownload::daemon);
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

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "download");
    thread.setDaemon(true);
    return thread;
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
    HttpResponse<InputStream> answer = answer(address, from);
    if (answer.statusCode() == NO_SUCH_RANGE && from > 0) {
      answer.body().close();
      from = 0;
      answer = answer(address, 0);
    }
    try (InputStream body = answer.body()) {
      write(file, start(file, from, answer), body, part, received);
    }
  }

  /** The first answer that is not a redirection. */
  private HttpResponse<InputStream> answer(URI first, long from) throws IOException {
    URI address = first;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpResponse<InputStream> answer = send(address, from);
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

  private HttpResponse<InputStream> send(URI address, long from) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(timeouts.read())
            .header("Accept-Encoding", "identity");
    if (from > 0) {
      request.header("Range", "bytes=%s-".formatted(from));
    }
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
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
  private static long start(PinnedFile file, long from, HttpResponse<InputStream> answer)
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

  private void write(
      PinnedFile file, long start, InputStream body, Path part, LongConsumer received)
      throws IOException {
    long total = start;
    received.accept(total);
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out =
        start > 0
            ? Files.newOutputStream(part, StandardOpenOption.APPEND)
            : Files.newOutputStream(part)) {
      while (total <= file.bytes()) {
        int count = read(body, buffer);
        if (count < 0) {
          break;
        }
        int taken = (int) Math.min(count, file.bytes() + 1 - total);
        out.write(buffer, 0, taken);
        total += taken;
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

  /**
   * Reads what has arrived, waiting for it no longer than the time limit: that of the client ends
   * where the body begins, so that a server that stalls would block for ever.
   */
  private int read(InputStream body, byte[] buffer) throws IOException {
    Future<Integer> count = readers.submit(() -> body.read(buffer));
    try {
      return count.get(timeouts.read().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (TimeoutException e) {
      throw new SourceFailure("sent nothing for " + seconds(timeouts.read()), e);
    } catch (ExecutionException e) {
      // The stream says "closed", and why is its cause.
      Throwable broken = e;
      for (int depth = 0; depth < 2 && broken.getCause() != null; depth++) {
        broken = broken.getCause();
      }
      throw new SourceFailure("broke off: " + broken.getMessage(), e);
    }
  }

  private static SourceFailure failure(String format, Object... lengths) {
    return new SourceFailure(String.format(Locale.ROOT, format, lengths));
  }
}
