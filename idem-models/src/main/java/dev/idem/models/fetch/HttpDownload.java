package dev.idem.models.fetch;

import dev.idem.models.fetch.DataSets.PinnedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Downloads of files of known length. A partial file is continued by a range request, whoever sent
 * its beginning: all sources have the same bytes or the hash will say so, which is why no {@code
 * If-Range} is sent (an entity tag would hold for one server only).
 *
 * <p>By {@link HttpURLConnection}, whose time limit for reading holds within the body too: that of
 * {@link java.net.http.HttpClient} ends where the body begins, and a stalled server would block.
 */
record HttpDownload(Duration connectTimeout, Duration readTimeout) {

  private static final int NO_SUCH_RANGE = 416;
  private static final int BUFFER = 1 << 16;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MOST_REDIRECTS = 5;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)");

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
    HttpURLConnection answer = answer(address, from);
    if (answer.getResponseCode() == NO_SUCH_RANGE && from > 0) {
      answer.disconnect();
      from = 0;
      answer = answer(address, 0);
    }
    try {
      write(file, start(file, from, answer), answer, part, received);
    } finally {
      answer.disconnect();
    }
  }

  /** The first answer that is not a redirection. */
  private HttpURLConnection answer(URI first, long from) throws IOException {
    URI address = first;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpURLConnection answer = send(address, from);
      if (!REDIRECTS.contains(answer.getResponseCode())) {
        return answer;
      }
      String location = answer.getHeaderField("Location");
      answer.disconnect();
      if (location == null) {
        throw new SourceFailure("redirects without saying where to");
      }
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

  private HttpURLConnection send(URI address, long from) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) connectTimeout.toMillis());
    connection.setReadTimeout((int) readTimeout.toMillis());
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (from > 0) {
      connection.setRequestProperty("Range", "bytes=%s-".formatted(from));
    }
    String late = "no connection within " + seconds(connectTimeout);
    try {
      connection.connect();
      late = "no answer within " + seconds(readTimeout);
      connection.getResponseCode();
      return connection;
    } catch (SocketTimeoutException e) {
      throw new SourceFailure(late, e);
    } catch (UnknownHostException e) {
      throw new SourceFailure("no such host", e);
    } catch (ConnectException e) {
      throw new SourceFailure("connection refused", e);
    } catch (IOException e) {
      throw new SourceFailure(
          e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
    }
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  /** The position in the file at which the body of an answer begins. */
  private static long start(PinnedFile file, long from, HttpURLConnection answer)
      throws IOException {
    int status = answer.getResponseCode();
    if (status == HttpURLConnection.HTTP_OK) {
      requireLength(file, answer.getContentLengthLong());
      return 0;
    }
    if (status != HttpURLConnection.HTTP_PARTIAL || from == 0) {
      throw new SourceFailure("HTTP " + status);
    }
    String range = answer.getHeaderField("Content-Range");
    Matcher matcher = RANGE.matcher(range == null ? "" : range);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) != from) {
      throw new SourceFailure(
          "asked for the bytes from %s on, it sent '%s'"
              .formatted(from, range == null ? "" : range));
    }
    requireLength(file, matcher.group(2).equals("*") ? -1 : Long.parseLong(matcher.group(2)));
    return from;
  }

  /** Requires the pinned length, or -1: unknown. */
  private static void requireLength(PinnedFile file, long length) throws SourceFailure {
    if (length >= 0 && length != file.bytes()) {
      throw failure("has %,d bytes, not %,d; not the pinned file", length, file.bytes());
    }
  }

  private void write(
      PinnedFile file, long start, HttpURLConnection answer, Path part, LongConsumer received)
      throws IOException {
    long total = start;
    received.accept(total);
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out =
        start > 0
            ? Files.newOutputStream(part, StandardOpenOption.APPEND)
            : Files.newOutputStream(part)) {
      while (total <= file.bytes()) {
        int count = read(answer, buffer);
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

  /** Reads what has arrived; a failure is the server's, not the disk's. */
  private int read(HttpURLConnection answer, byte[] buffer) throws SourceFailure {
    try {
      return answer.getInputStream().read(buffer);
    } catch (SocketTimeoutException e) {
      throw new SourceFailure("sent nothing for " + seconds(readTimeout), e);
    } catch (IOException e) {
      throw new SourceFailure("broke off: " + e.getMessage(), e);
    }
  }

  private static SourceFailure failure(String format, Object... lengths) {
    return new SourceFailure(String.format(Locale.ROOT, format, lengths));
  }

  /** A source does not provide a file. The message says why, and does not name the source. */
  static final class SourceFailure extends IOException {

    @Serial private static final long serialVersionUID = 1;

    SourceFailure(String reason) {
      super(reason);
    }

    SourceFailure(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
