package dev.idem.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.api.algebra.Shape;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.training.NetworkView;
import dev.idem.explore.Explorer.Explored;
import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.generative.noise.NoiseSource.WhiteNoise;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The explorer's answers: f(x) = max(x, 0) on images of 4 x 6 in colour, and model digits. */
class ExplorerTest {

  private static final Shape SHAPE = Shape.of(4, 6, 3);
  private static final String GREY = pixels(SHAPE.size(), 64);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static Explorer explorer;

  /** max(x, 0), which is idempotent. */
  private record Positive() implements NetworkView {
    @Override
    public Shape shape() {
      return SHAPE;
    }

    @Override
    public float[][] apply(float[][] x) {
      float[][] y = new float[x.length][];
      for (int i = 0; i < y.length; i++) {
        y[i] = x[i].clone();
        for (int j = 0; j < y[i].length; j++) {
          y[i][j] = Math.max(0, y[i][j]);
        }
      }
      return y;
    }

    @Override
    public double[] parameter(String name) {
      throw new IllegalArgumentException("no parameter '%s'".formatted(name));
    }
  }

  @BeforeAll
  static void start() throws IOException {
    Generator generator = new Generator(SHAPE, new WhiteNoise(SHAPE), new Positive());
    explorer =
        Explorer.start(
            List.of(new Explored("positive", "max(x, 0)", "white noise", generator)),
            InetAddress.getLoopbackAddress(),
            0);
  }

  @AfterAll
  static void close() {
    explorer.close();
  }

  private static String pixels(int size, int level) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) level);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(explorer.uri().resolve(path));
  }

  private static HttpRequest post(String path, String type, byte[] body) {
    return to(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)).build();
  }

  private static HttpRequest json(String path, String body) {
    return post(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static void assertRefused(HttpRequest request, int status, String message)
      throws IOException, InterruptedException {
    HttpResponse<String> response = send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).get("error").asText()).isEqualTo(message);
  }

  private static BufferedImage image(JsonNode uri) throws IOException {
    String prefix = "data:image/png;base64,";
    assertThat(uri.asText()).startsWith(prefix);
    byte[] png = Base64.getDecoder().decode(uri.asText().substring(prefix.length()));
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  @Test
  void itsPageNeedsNothingFromElsewhere() throws Exception {
    HttpResponse<String> page = send(to("/").build());
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'");
    assertThat(page.body() + send(to("/explore.css").build()).body()).doesNotContain("http");
    assertThat(send(to("/explore.js").build()).statusCode()).isEqualTo(200);
  }

  @Test
  void describesItsModels() throws Exception {
    JsonNode model = answer(to("/models").build()).get(0);

    assertThat(model.get("name").asText()).isEqualTo("positive");
    assertThat(model.get("shape")).hasToString("[4,6,3]");
    assertThat(model.get("examples").asInt()).isZero();
    assertThat(model.get("degradations").findValuesAsText("name")).contains("grey", "noise");
  }

  @Test
  void projectsAnImage() throws Exception {
    JsonNode iterates = answer(json("/models/0/project", "{\"pixels\": \"" + GREY + "\"}"));

    assertThat(iterates.get("images")).hasSize(4);
    assertThat(image(iterates.get("images").get(0)).getRGB(0, 0)).isEqualTo(0xff404040);
    assertThat(image(iterates.get("images").get(1)).getWidth()).isEqualTo(6);
    assertThat(image(iterates.get("images").get(1)).getRGB(0, 0)).isEqualTo(0xff808080);
    // From 64 / 127.5 - 1 to 0, and no farther.
    assertThat(iterates.get("moved").get(0).asDouble()).isEqualTo(1 - 64 / 127.5, within(1e-6));
    assertThat(iterates.get("moved").get(1).asDouble()).isZero();
    assertThat(iterates.get("moved").get(2).asDouble()).isZero();
  }

  @Test
  void degradesAnImageFirst() throws Exception {
    String request =
        "{\"pixels\": \"" + GREY + "\", \"degradation\": \"noise\", \"amount\": 0.5, \"seed\": %s}";

    JsonNode first = answer(json("/models/0/project", request.formatted(1))).get("images").get(0);
    JsonNode again = answer(json("/models/0/project", request.formatted(1))).get("images").get(0);
    JsonNode other = answer(json("/models/0/project", request.formatted(2))).get("images").get(0);

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void interpolatesBetweenTwoNoises() throws Exception {
    String request = "{\"from\": %s, \"to\": %s, \"t\": %s}";

    JsonNode start = answer(json("/models/0/interpolate", request.formatted(1, 2, 0)));
    JsonNode middle = answer(json("/models/0/interpolate", request.formatted(1, 2, 0.5)));
    JsonNode end = answer(json("/models/0/interpolate", request.formatted(1, 2, 1)));
    JsonNode turned = answer(json("/models/0/interpolate", request.formatted(2, 1, 0)));

    assertThat(middle).isNotEqualTo(start).isNotEqualTo(end);
    assertThat(turned).isEqualTo(end);
  }

  @Test
  void fitsAnImageFile() throws Exception {
    JsonNode image = answer(post("/models/0/fit", "image/png", png(300, 200)));

    assertThat(image.get("pixels").asText()).isEqualTo(pixels(SHAPE.size(), 0));
  }

  @Test
  void refusesUploadsThatAreNotUsableImages() throws Exception {
    assertRefused(
        post("/models/0/fit", "image/png", "no image".getBytes(StandardCharsets.UTF_8)),
        400,
        "the file is neither JPEG nor PNG, whatever its name");
    assertRefused(post("/models/0/fit", "image/png", new byte[0]), 400, "the file is empty");
    assertRefused(
        post("/models/0/fit", "image/png", claiming(100_000, 100_000)),
        400,
        "the file is 100000 x 100000 pixels; at most 100000000 are read");
    assertRefused(
        post("/models/0/fit", "image/png", new byte[Explorer.MOST_UPLOAD + 1]),
        413,
        "the upload is larger than 20 MB");
    assertRefused(
        post("/models/0/fit", "text/plain", png(4, 4)),
        415,
        "content type (text/plain) must begin with image/");
  }

  /** A body whose length is not announced is read up to the limit and no farther. */
  @Test
  void refusesALongBodyOfUnknownLength() throws Exception {
    HttpRequest request =
        to("/models/0/project")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(new byte[Explorer.MOST_BODY + 1])))
            .build();

    assertRefused(request, 413, "the upload is larger than 2 MB");
  }

  /** A PNG whose header claims a size. */
  private static byte[] claiming(int width, int height) throws IOException {
    byte[] png = png(1, 1);
    ByteBuffer bytes = ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    CRC32 checksum = new CRC32();
    checksum.update(png, 12, 17);
    bytes.putInt(29, (int) checksum.getValue());
    return png;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"pixels": "AAAA"}                                      | pixels are 3 bytes; an image of shape [4, 6, 3] has 72
          {"pixels": "????"}                                      | pixels are not Base64: Illegal base64 character 3f
          {}                                                      | pixels are missing
          {"pixels": "GREY", "degradation": "nois", "amount": 1}  | unknown degradation 'nois'; known: noise, mask, salt-and-pepper, blur, sketch, grey
          {"pixels": "GREY", "degradation": "noise", "amount": 9} | amount (9.0) of noise must be from 0.05 to 2.0
          {"pixels": "GREY", "colour": 1}                         | the request is not JSON of the expected form
          [                                                       | the request is not JSON of the expected form
          """)
  void refusesInvalidProjections(String body, String message) throws Exception {
    assertRefused(json("/models/0/project", body.replace("GREY", GREY)), 400, message);
  }

  @ParameterizedTest
  @CsvSource({
    "/pom.xml, 404, no such page",
    "/explore.html, 404, no such page",
    "/digits/model.json, 404, no such page",
    "/models/1/example/0, 404, 'no model 1; there are 1, counted from 0'",
    "/models/0/example/0, 400, 'example (0) must be less than 0, the number of model ''positive'''",
    "/models/0/project, 405, GET is not supported here; use POST"
  })
  void servesNothingElse(String path, int status, String message) throws Exception {
    assertRefused(to(path).build(), status, message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/../pom.xml", "/%2e%2e/pom.xml", "//etc/passwd", "/explore.js/../../pom.xml"})
  void servesNoFileBesideIts(String path) throws IOException {
    String answer =
        raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).containsPattern("^HTTP/1.1 40[04] ").contains("{\"error\":");
  }

  @Test
  void answersRequestsToThisMachineAlone() throws IOException {
    String answer =
        raw("GET /models HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 421 ").contains("to this machine alone");
    assertThat(explorer.uri().getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void answersToTheAddressThatItPrints() throws Exception {
    InetAddress another = InetAddress.getByName("127.0.0.2");
    Generator generator = new Generator(SHAPE, new WhiteNoise(SHAPE), new Positive());
    List<Explored> models = List.of(new Explored("again", "max(x, 0)", "white noise", generator));
    try (Explorer here = Explorer.start(models, another, 0);
        Socket socket = new Socket(another, here.uri().getPort())) {
      String request =
          "GET /models HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(here.uri().getAuthority());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"project", "interpolate"})
  void nullIsNoRequest(String what) throws Exception {
    assertRefused(
        json("/models/0/" + what, "null"), 400, "the request is not JSON of the expected form");
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), explorer.uri().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void answersAThousandRequestsAtOnce() {
    HttpRequest request = json("/models/0/project", "{\"pixels\": \"" + GREY + "\"}");

    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 1_000)
            .mapToObj(i -> CLIENT.sendAsync(request, BodyHandlers.ofString()))
            .toList();

    assertThat(answers.stream().map(answer -> answer.join().statusCode())).containsOnly(200);
    assertThat(answers.stream().map(answer -> answer.join().body()).distinct()).hasSize(1);
  }

  @Test
  void saysThatAPortIsInUse() {
    int port = explorer.uri().getPort();
    Generator generator = new Generator(SHAPE, new WhiteNoise(SHAPE), new Positive());

    assertThatThrownBy(
            () ->
                Explorer.start(
                    List.of(new Explored("again", "max(x, 0)", "white noise", generator)),
                    InetAddress.getLoopbackAddress(),
                    port))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "port %s of 127.0.0.1 cannot be used (address already in use); choose another port, or"
                + " 0 for any that is free",
            port);
  }

  @Test
  void freesItsPortWhenAModelHasDiverged() throws IOException {
    NetworkView diverged =
        new NetworkView() {
          @Override
          public Shape shape() {
            return SHAPE;
          }

          @Override
          public float[][] apply(float[][] x) {
            float[][] y = new float[x.length][SHAPE.size()];
            y[0][0] = Float.NaN;
            return y;
          }

          @Override
          public double[] parameter(String name) {
            throw new IllegalArgumentException("no parameter '%s'".formatted(name));
          }
        };
    Explored model =
        new Explored(
            "diverged", "NaN", "noise", new Generator(SHAPE, new WhiteNoise(SHAPE), diverged));
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThatThrownBy(() -> Explorer.start(List.of(model), InetAddress.getLoopbackAddress(), port))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the explorer could not start: a sample that holds NaN cannot be drawn: f has diverged");
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }

  @Test
  void servesTheIncludedModelWhoseFolderDisappears(@TempDir Path folder) throws Exception {
    Explorer.includedModel().save(folder.resolve("model"));
    GeneratorModel model = GeneratorModel.load(folder.resolve("model"));
    Explored explored = Explored.open("digits", model, new ReferenceEngine());
    try (Explorer other = Explorer.start(List.of(explored), InetAddress.getLoopbackAddress(), 0)) {
      try (Stream<Path> files = Files.list(folder.resolve("model"))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }

      HttpRequest example =
          HttpRequest.newBuilder(other.uri().resolve("/models/0/example/3")).build();
      String pixels = answer(example).get("pixels").asText();
      HttpRequest projection =
          HttpRequest.newBuilder(other.uri().resolve("/models/0/project"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"pixels\": \"" + pixels + "\"}"))
              .build();
      JsonNode moved = answer(projection).get("moved");

      // A digit is nearly a fixed point of a trained map, where noise is far from one.
      assertThat(moved.get(0).asDouble()).isBetween(0.01, 0.5);
    } finally {
      explored.generator().close();
    }
  }
}
