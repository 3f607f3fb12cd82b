package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.util.Modules;
import com.sun.net.httpserver.HttpServer;
import dev.idem.cli.command.IdemCommand;
import dev.idem.cli.command.IdemModule;
import dev.idem.models.fetch.DataSets;
import dev.idem.models.fetch.DataSets.DataSet;
import dev.idem.models.fetch.DataSets.PinnedFile;
import dev.idem.models.storage.FileCard;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code idem data}, from the command line to the cache, with a set and a server of its own. */
@Timeout(120)
class DataCommandTest {

  private static final byte[] A = "one file".getBytes(StandardCharsets.UTF_8);
  private static final byte[] B = "the other file".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path temporary;
  private Path cache;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    cache = temporary.resolve("cache");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/good/",
        exchange -> {
          byte[] content = exchange.getRequestURI().getPath().endsWith("a.bin") ? A : B;
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static PinnedFile pinned(String name, byte[] content) {
    FileCard card = FileCard.of(content);
    return new PinnedFile(name, card.bytes(), card.sha256());
  }

  /** The command with a set whose first mirror lacks everything, and this cache. */
  private Console run(String... arguments) {
    DataSet toy =
        new DataSet(
            "toy",
            "Toy",
            List.of(pinned("a.bin", A), pinned("b.bin", B)),
            List.of(at("/absent/"), at("/good/")));
    Injector injector =
        Guice.createInjector(
            Modules.override(new IdemModule(Map.of("IDEM_DATA_HOME", cache.toString()), List.of()))
                .with(
                    new AbstractModule() {
                      @Override
                      protected void configure() {
                        bind(DataSets.class).toInstance(new DataSets(List.of(toy)));
                      }
                    }));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        IdemCommand.commandLine(injector::getInstance)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Console(exitCode, out.toString(), err.toString());
  }

  private void refused(int exitCode, String message, String... arguments) {
    Console console = run(arguments);
    assertThat(console.err()).contains(message).doesNotContain("\tat ", "Exception");
    assertThat(console.err().lines().count()).isLessThanOrEqualTo(2);
    assertThat(console.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void aSetIsFetchedListedVerifiedAndNotFetchedAgain() {
    assertThat(run("data", "list").out()).contains("toy", "0 of 2 files in " + cache);
    Console fetched = run("data", "fetch", "toy");
    assertThat(fetched.exitCode()).isZero();
    assertThat(fetched.out())
        .contains("from " + at("/absent/a.bin"), "failed: HTTP 404", "from " + at("/good/a.bin"))
        .contains("2 of 2 files in " + cache.resolve("toy"), "--data fetched:toy");
    assertThat(cache.resolve("toy/b.bin")).hasBinaryContent(B);
    assertThat(run("data", "verify").exitCode()).isZero();
    assertThat(run("data", "list").out()).contains("2 of 2 files");
    server.stop(0);
    Console again = run("data", "fetch", "toy");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out())
        .contains("a.bin: already present, intact", "b.bin: already present, intact");
  }

  @Test
  void verifyFindsWhatIsDamagedOrMissing() throws IOException {
    assertThat(run("data", "verify").out()).contains("nothing to check");
    assertThat(run("data", "verify").exitCode()).isZero();
    assertThat(run("data", "verify", "toy").exitCode()).isEqualTo(1);
    run("data", "fetch", "toy");
    Files.writeString(cache.resolve("toy/a.bin"), "one fibe");
    Console console = run("data", "verify");
    assertThat(console.exitCode()).isEqualTo(1);
    assertThat(console.out())
        .contains("a.bin has the SHA-256", "b.bin is intact")
        .contains("toy: 1 of 2 files are bad; 'idem data fetch toy' downloads them");
    Files.delete(cache.resolve("toy/b.bin"));
    assertThat(run("data", "verify", "toy").out()).contains("b.bin is missing", "2 of 2 files");
  }

  @Test
  void aSetIsFetchedFromAPlaceOfOnesOwn() throws IOException {
    Path own = Files.createDirectory(temporary.resolve("own"));
    Path file = Files.write(own.resolve("b.bin"), B);
    Console one = run("data", "fetch", "toy", "--from", file.toString());
    assertThat(one.exitCode()).isZero();
    assertThat(one.out()).contains("1 of 2 files").doesNotContain("fetched:toy");
    refused(1, "a.bin: is missing", "data", "fetch", "toy", "--from", own.toString());
    assertThat(run("data", "fetch", "toy", "--from", at("/good").toString()).out())
        .contains("2 of 2 files");
  }

  @Test
  void errorsAreReportedInWords() throws IOException {
    Path wrong = Files.writeString(temporary.resolve("a.bin"), "wrong");
    String gone = temporary.resolve("gone").toString();
    refused(2, "unknown data set 'toys'; did you mean 'toy'? Known: toy", "data", "fetch", "toys");
    refused(2, "unknown data set 'x'. Known: toy", "data", "verify", "x");
    refused(2, "Missing required parameter: 'NAME'", "data", "fetch");
    refused(2, "--from: '" + gone + "' does not exist", "data", "fetch", "toy", "--from", gone);
    refused(
        2,
        "is not one of the files of toy: it has 5 bytes, not 8",
        "data",
        "fetch",
        "toy",
        "--from",
        wrong.toString());
    refused(2, "or an http or https address", "data", "fetch", "toy", "--from", "ftp://host/");
    refused(
        1,
        "a.bin of toy could not be fetched: " + at("/absent/a.bin") + ": HTTP 404",
        "data",
        "fetch",
        "toy",
        "--from",
        at("/absent/").toString());
    assertThat(cache.resolve("toy/a.bin")).doesNotExist();
    assertThat(run("data").exitCode()).isEqualTo(2);
    assertThat(run("data", "--help").out()).contains("IDEM_DATA_HOME", "fetched:NAME");
  }

  @Test
  void aCacheThatIsAFileIsReportedByEveryCommand() throws IOException {
    Files.writeString(cache, "kept");
    refused(1, cache + " is a file; remove it", "data", "fetch", "toy");
    assertThat(run("data", "verify").exitCode()).isZero();
    assertThat(run("data", "list").out()).contains("0 of 2 files");
    assertThat(cache).hasContent("kept");
  }

  @Test
  void dataThatWereNotFetchedAreNotTrainedOn() {
    Path out = temporary.resolve("model");
    String folder = out.toString();
    refused(
        1,
        "toy is not in the cache (" + cache + "); run 'idem data fetch toy'",
        "train",
        "ign",
        "--data",
        "fetched:toy",
        "--out",
        folder);
    refused(2, "did you mean 'toy'?", "train", "ign", "--data", "fetched:toys", "--out", folder);
    assertThat(out).doesNotExist();
  }
}
