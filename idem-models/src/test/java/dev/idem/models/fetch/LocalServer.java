package dev.idem.models.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine, and the ways in which servers behave. */
final class LocalServer implements Closeable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> requests = new CopyOnWriteArrayList<>();

  LocalServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** What is answered under {@code path}, such as {@code /good/a.bin}. */
  LocalServer on(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          requests.add(path + (range == null ? "" : " " + range));
          try (exchange) {
            handler.handle(exchange);
          }
        });
    return this;
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** The paths asked for, each with its range if it has one. */
  List<String> requests() {
    return requests;
  }

  /** Sends what is asked for, ranges too. */
  static HttpHandler content(byte[] content) {
    return exchange -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      if (range == null) {
        send(exchange, 200, content.length, content);
        return;
      }
      int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
      range(content, from).handle(exchange);
    };
  }

  /** Sends the content from {@code from} on, whatever is asked for, as a range. */
  static HttpHandler range(byte[] content, int from) {
    return exchange -> {
      byte[] tail = Arrays.copyOfRange(content, from, content.length);
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %s-%s/%s".formatted(from, content.length - 1, content.length));
      send(exchange, 206, tail.length, tail);
    };
  }

  /** Sends all, whatever range is asked for. */
  static HttpHandler whole(byte[] content) {
    return exchange -> send(exchange, 200, content.length, content);
  }

  /** Sends all in pieces, without saying how much it will be. */
  static HttpHandler unannounced(byte[] content) {
    return exchange -> send(exchange, 200, 0, content);
  }

  /** Says it sends {@code content}, and closes the connection after {@code bytes} of it. */
  static HttpHandler broken(byte[] content, int bytes) {
    return exchange -> send(exchange, 200, content.length, Arrays.copyOf(content, bytes));
  }

  /** Sends {@code bytes} of {@code content}, and then nothing until the test is over. */
  HttpHandler stalled(byte[] content, int bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      OutputStream out = exchange.getResponseBody();
      out.write(content, 0, bytes);
      out.flush();
      awaitEnd();
    };
  }

  /** Takes the request, and does not answer until the test is over. */
  HttpHandler silent() {
    return exchange -> awaitEnd();
  }

  /** Closes the connection without an answer. */
  static HttpHandler hungUp() {
    return exchange -> {};
  }

  static HttpHandler status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  static HttpHandler redirect(String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  private static void send(HttpExchange exchange, int status, long announced, byte[] sent)
      throws IOException {
    exchange.sendResponseHeaders(status, announced);
    exchange.getResponseBody().write(sent);
    if (announced == 0) {
      exchange.getResponseBody().close();
    }
  }

  private void awaitEnd() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
