package dev.idem.explore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.check.Require;
import dev.idem.api.training.TrainingEngine;
import dev.idem.explore.Exploration.Interpolation;
import dev.idem.explore.Exploration.Projection;
import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A page on which trained generators are tried: draw or drop an image, degrade it, and see f, f(f)
 * and f(f(f)) of it and how far each moved; interpolate between two noises. Models are in memory
 * from the start, so that their folders may change or disappear.
 *
 * <p>It serves its page and nothing else, to this machine alone if bound to the loopback interface:
 * a request that names another host is then refused, as one that a foreign page sent through the
 * browser. At most {@value #ACTIVE} requests are read and computed at a time, {@value #WAITING}
 * wait, and bodies are limited, so that any number of requests needs bounded memory.
 */
public final class Explorer implements AutoCloseable {

  /** The most bytes of an uploaded image. */
  static final int MOST_UPLOAD = 20 << 20;

  /** The most bytes of any other body: pixels of an image of 512 x 512 in colour, in Base64. */
  static final int MOST_BODY = 2 << 20;

  private static final int ACTIVE = 4;
  private static final int WAITING = 2_000;
  private static final int THREADS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Explorer.class);
  private static final String JSON_TYPE = "application/json";
  private static final byte[] INVALID =
      "{\"error\":\"the request is invalid, or too many wait\"}".getBytes(StandardCharsets.UTF_8);
  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final Pattern ABOUT_MODEL =
      Pattern.compile("/models/(\\d{1,4})/(project|interpolate|fit|example/(\\d{1,6}))");

  /** The page's files, which are the only ones: path, resource and type. */
  private static final Map<String, Resource> RESOURCES =
      Map.of(
          "/", new Resource("explore.html", "text/html;charset=utf-8"),
          "/explore.css", new Resource("explore.css", "text/css;charset=utf-8"),
          "/explore.js", new Resource("explore.js", "text/javascript;charset=utf-8"));

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** A file of the page. */
  private record Resource(String name, String type) {}

  /**
   * A model to explore.
   *
   * @param name that the page gives it
   * @param network its description
   * @param noise the description of its noise
   * @param generator closed by the caller
   */
  public record Explored(String name, String network, String noise, Generator generator) {

    /** A model, opened by an engine. */
    public static Explored open(String name, GeneratorModel model, TrainingEngine engine) {
      return new Explored(
          name,
          model.network().description(),
          model.noise().description(),
          Generator.open(model, engine));
    }

    private Exploration exploration() {
      return new Exploration(name, network, noise, generator);
    }
  }

  /** A request that is not carried out. */
  private static final class RefusedException extends Exception {

    @Serial private static final long serialVersionUID = 1;

    private final int status;

    RefusedException(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  private final List<Exploration> models = new ArrayList<>();
  private final boolean loopback;
  private final Server server;
  private final ServerConnector connector;

  private Explorer(InetAddress address, int port) throws IOException {
    loopback = address.isLoopbackAddress();
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("explorer");
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.getHostAddress());
    connector.setPort(port);
    connector.setIdleTimeout(PATIENCE.toMillis());
    connector.setAcceptQueueSize(WAITING);
    server.addConnector(connector);
    QoSHandler limited = new QoSHandler(new Answers());
    limited.setMaxRequestCount(ACTIVE);
    limited.setMaxSuspendedRequestCount(WAITING);
    limited.setMaxSuspend(PATIENCE);
    server.setHandler(limited);
    server.setErrorHandler(
        (request, response, callback) -> {
          answer(response, callback, JSON_TYPE, INVALID);
          return true;
        });
    try {
      connector.open();
    } catch (IOException e) {
      throw new IOException(
          "port %s of %s cannot be used (%s); choose another port, or 0 for any that is free"
              .formatted(port, address.getHostAddress(), reason(e)),
          e);
    }
  }

  private static String reason(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
  }

  /**
   * Serves the page until closed.
   *
   * @param models at least one
   * @param address to listen on: the loopback interface's, unless other machines may connect
   * @param port 0 for any that is free
   * @throws IOException if the port cannot be used, or a model maps noise to no image, as one that
   *     has diverged does
   */
  public static Explorer start(List<Explored> models, InetAddress address, int port)
      throws IOException {
    Require.argument(!models.isEmpty(), "models %s must not be empty", models);
    Explorer explorer = new Explorer(address, port);
    try {
      models.forEach(model -> explorer.models.add(model.exploration()));
      explorer.server.start();
    } catch (Exception e) {
      explorer.close();
      throw new IOException("the explorer could not start: " + e.getMessage(), e);
    }
    return explorer;
  }

  /**
   * The model that comes with idem: IGN on MNIST's digits, trained by {@code idem train ign --steps
   * 4000 --set plan.schedule.name=cosine}.
   *
   * @throws IOException if it cannot be read
   */
  public static GeneratorModel includedModel() throws IOException {
    try {
      URI card =
          Require.known(
                  Explorer.class.getResource("digits/" + GeneratorModel.CARD),
                  "resource",
                  "digits",
                  List.of())
              .toURI();
      if (!card.getScheme().equals("jar")) {
        return GeneratorModel.load(Path.of(card).resolveSibling("."));
      }
      try (FileSystem jar = FileSystems.newFileSystem(card, Map.of())) {
        return GeneratorModel.load(jar.provider().getPath(card).resolveSibling(""));
      }
    } catch (URISyntaxException e) {
      throw new IOException("idem's jar has an invalid location: " + e.getMessage(), e);
    }
  }

  /** Where the page is. */
  public URI uri() {
    InetSocketAddress bound = new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    String host = bound.getAddress().isAnyLocalAddress() ? "localhost" : connector.getHost();
    return URI.create(
        "http://%s:%s/"
            .formatted(host.contains(":") ? "[" + host + "]" : host, connector.getLocalPort()));
  }

  /** Waits until the explorer is closed. */
  public void join() throws InterruptedException {
    server.join();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("the explorer could not be stopped: {}", e.getMessage(), e);
    }
    connector.close();
  }

  /** Answers requests. */
  private final class Answers extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      try {
        requireThisHost(request);
        answer(request, response, callback);
      } catch (RefusedException e) {
        refuse(response, callback, e.status, e);
      } catch (JsonProcessingException e) {
        LOG.debug("request that is not as expected", e);
        refuse(
            response,
            callback,
            HttpStatus.BAD_REQUEST_400,
            "the request is not JSON of the expected form");
      } catch (IOException | IllegalArgumentException e) {
        refuse(response, callback, HttpStatus.BAD_REQUEST_400, e);
      } catch (RuntimeException e) {
        LOG.warn("{} failed", request.getHttpURI().getPath(), e);
        refuse(
            response,
            callback,
            HttpStatus.INTERNAL_SERVER_ERROR_500,
            String.valueOf(e.getMessage()));
      }
      return true;
    }

    private void answer(Request request, Response response, Callback callback)
        throws IOException, RefusedException {
      String path = String.valueOf(request.getHttpURI().getCanonicalPath());
      Resource resource = RESOURCES.get(path);
      Matcher about = ABOUT_MODEL.matcher(path);
      if (resource != null) {
        requireMethod(request, "GET");
        response
            .getHeaders()
            .put(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'");
        Explorer.answer(response, callback, resource.type, bytes(resource.name));
      } else if (path.equals("/models")) {
        requireMethod(request, "GET");
        json(response, callback, models.stream().map(Exploration::description).toList());
      } else if (about.matches()) {
        json(response, callback, aboutModel(request, about));
      } else {
        throw new RefusedException(HttpStatus.NOT_FOUND_404, "no such page");
      }
    }

    private Object aboutModel(Request request, Matcher path) throws IOException, RefusedException {
      int index = Integer.parseInt(path.group(1));
      if (index >= models.size()) {
        throw new RefusedException(
            HttpStatus.NOT_FOUND_404,
            "no model %s; there are %s, counted from 0".formatted(index, models.size()));
      }
      Exploration model = models.get(index);
      if (path.group(3) != null) {
        requireMethod(request, "GET");
        return model.example(Integer.parseInt(path.group(3)));
      }
      requireMethod(request, "POST");
      return switch (path.group(2)) {
        case "fit" -> model.fit(body(request, "image/", MOST_UPLOAD));
        case "project" -> model.project(json(request, Projection.class));
        default -> model.interpolate(json(request, Interpolation.class));
      };
    }

    /** The request's JSON as a record; {@code null} is none. */
    private <T> T json(Request request, Class<T> type) throws IOException, RefusedException {
      T read = JSON.readValue(body(request, JSON_TYPE, MOST_BODY), type);
      if (read == null) {
        throw new RefusedException(
            HttpStatus.BAD_REQUEST_400, "the request is not JSON of the expected form");
      }
      return read;
    }

    /** Else a page from elsewhere could ask, under a name that it makes mean this machine. */
    private void requireThisHost(Request request) throws RefusedException {
      String host = String.valueOf(Request.getServerName(request));
      if (loopback
          && !host.equals(connector.getHost())
          && !LOOPBACK_NAMES.contains(host.toLowerCase(Locale.ROOT))) {
        throw new RefusedException(
            HttpStatus.MISDIRECTED_REQUEST_421,
            "this explorer answers requests to this machine alone");
      }
    }

    private void requireMethod(Request request, String method) throws RefusedException {
      if (!request.getMethod().equals(method)) {
        throw new RefusedException(
            HttpStatus.METHOD_NOT_ALLOWED_405,
            "%s is not supported here; use %s".formatted(request.getMethod(), method));
      }
    }

    private byte[] body(Request request, String type, int most)
        throws IOException, RefusedException {
      String given = String.valueOf(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
      if (!given.toLowerCase(Locale.ROOT).startsWith(type)) {
        throw new RefusedException(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
            "content type (%s) must begin with %s".formatted(given, type));
      }
      if (request.getLength() > most) {
        throw tooLarge(most);
      }
      try (InputStream in = Content.Source.asInputStream(request)) {
        byte[] body = in.readNBytes(most + 1);
        if (body.length > most) {
          throw tooLarge(most);
        }
        return body;
      }
    }

    private RefusedException tooLarge(int most) {
      return new RefusedException(
          HttpStatus.PAYLOAD_TOO_LARGE_413,
          "the upload is larger than %s MB".formatted(most >> 20));
    }

    private void refuse(Response response, Callback callback, int status, Exception why) {
      refuse(response, callback, status, String.valueOf(why.getMessage()));
    }

    private void refuse(Response response, Callback callback, int status, String message) {
      response.setStatus(status);
      try {
        json(response, callback, Map.of("error", message));
      } catch (JsonProcessingException e) {
        callback.failed(e);
      }
    }

    private void json(Response response, Callback callback, Object value)
        throws JsonProcessingException {
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      Explorer.answer(response, callback, JSON_TYPE, JSON.writeValueAsBytes(value));
    }
  }

  private static void answer(Response response, Callback callback, String type, byte[] content) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
    response.write(true, ByteBuffer.wrap(content), callback);
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream in = Explorer.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException("resource " + resource + " is missing from the jar");
      }
      return in.readAllBytes();
    }
  }
}
