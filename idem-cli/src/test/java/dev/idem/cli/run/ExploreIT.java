package dev.idem.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.cli.Console;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExploreIT {

  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");

  @TempDir private Path folder;

  @Test
  void refusesWhatItCannotServe() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertRefused(
          1,
          "port %s of 127.0.0.1 cannot be used (address already in use); choose another port, or 0"
                  .formatted(port)
              + " for any that is free",
          "--port",
          port);
    }
    assertRefused(2, "--port (70000) must be from 0 to 65535", "--port", "70000");
    assertRefused(2, "--host ('') must be an address, such as 127.0.0.1", "--host", "");
    assertRefused(
        1,
        "model folder (%s): does not exist; train one with 'idem train --out %s'"
            .formatted(folder.resolve("none"), folder.resolve("none")),
        "--model",
        folder.resolve("none").toString());
  }

  private static void assertRefused(int exitCode, String message, String... options) {
    String[] command = new String[options.length + 1];
    command[0] = "explore";
    System.arraycopy(options, 0, command, 1, options.length);

    Console console = Console.run(command);

    assertThat(console.exitCode()).as(console.err()).isEqualTo(exitCode);
    assertThat(console.err()).startsWith("idem: " + message + System.lineSeparator());
  }

  @Test
  void servesTheIncludedModelUntilItIsEnded() throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    IdemProcess idem = IdemProcess.start(output, "explore", "--port", "0");
    try {
      Matcher address = ADDRESS.matcher("");
      while (!address.reset(Files.exists(output) ? Files.readString(output) : "").find()) {
        assertThat(idem.isAlive()).as("before it says where its page is").isTrue();
        Thread.sleep(100);
      }
      HttpResponse<String> models =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(address.group()).resolve("/models")).build(),
                  BodyHandlers.ofString());
      assertThat(models.statusCode()).isEqualTo(200);
      assertThat(models.body()).contains("\"shape\":[28,28,1]");
      idem.terminate();
      assertThat(idem.exitCode()).isEqualTo(143);
    } finally {
      idem.kill();
    }
    assertThat(Files.readAllLines(output)).last().asString().endsWith("Ctrl-C ends it");
  }
}
