package dev.idem.models.fetch;

import static dev.idem.models.fetch.LocalServer.broken;
import static dev.idem.models.fetch.LocalServer.content;
import static dev.idem.models.fetch.LocalServer.hungUp;
import static dev.idem.models.fetch.LocalServer.range;
import static dev.idem.models.fetch.LocalServer.redirect;
import static dev.idem.models.fetch.LocalServer.status;
import static dev.idem.models.fetch.LocalServer.unannounced;
import static dev.idem.models.fetch.LocalServer.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpHandler;
import dev.idem.models.fetch.DataFetcher.FetchException;
import dev.idem.models.fetch.DataFetcher.Listener;
import dev.idem.models.fetch.DataFetcher.Timeouts;
import dev.idem.models.fetch.DataSets.DataSet;
import dev.idem.models.fetch.DataSets.PinnedFile;
import dev.idem.models.storage.FileCard;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a server does, what is in the cache is whole and the published file. */
@Timeout(60)
class DataFetcherTest {

  /** For servers that stall; long enough for a busy machine to answer in. */
  private static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(1));

  private static final Timeouts LONG = new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));
  private static final byte[] A = bytes(200_000, 1);

  @TempDir private Path temporary;
  private LocalServer server;
  private DataCache cache;
  private final List<String> told = new ArrayList<>();

  private final Listener listener =
      new Listener() {
        @Override
        public void present(PinnedFile file) {
          told.add("present " + file.name());
        }

        @Override
        public void failed(PinnedFile file, String source, String reason) {
          told.add(reason);
        }

        @Override
        public void stored(PinnedFile file) {
          told.add("stored " + file.name());
        }
      };

  @BeforeEach
  void open() throws IOException {
    server = new LocalServer();
    cache = new DataCache(temporary.resolve("cache"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static byte[] bytes(int count, long seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static PinnedFile pinned(String name, byte[] content) {
    FileCard card = FileCard.of(content);
    return new PinnedFile(name, card.bytes(), card.sha256());
  }

  private DataSet set(String... mirrors) {
    return new DataSet(
        "toy", "Toy", List.of(pinned("a.bin", A)), Arrays.stream(mirrors).map(server::at).toList());
  }

  private void fetch(DataSet set) throws IOException {
    fetch(set, LONG);
  }

  private void fetch(DataSet set, Timeouts timeouts) throws IOException {
    new DataFetcher(cache, timeouts).fetch(set, listener);
  }

  private Path stored() {
    return cache.root().resolve("toy/a.bin");
  }

  private Path part() {
    return cache.root().resolve("toy/a.bin.part");
  }

  private void begin(byte[] beginning) throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), beginning);
  }

  /** Fetches from one mirror that behaves like this and fails; the message. */
  private String failure(HttpHandler behaviour) {
    return failure(behaviour, LONG);
  }

  private String failure(HttpHandler behaviour, Timeouts timeouts) {
    server.on("/bad/a.bin", behaviour);
    List<String> message = new ArrayList<>();
    assertThatThrownBy(() -> fetch(set("/bad/"), timeouts))
        .isInstanceOf(FetchException.class)
        .satisfies(e -> message.add(String.valueOf(e.getMessage())));
    assertThat(stored()).doesNotExist();
    assertThat(message.get(0)).contains("a.bin of toy could not be fetched", "/bad/a.bin: ");
    assertThat(message.get(0).lines().count()).isLessThanOrEqualTo(2);
    return message.get(0);
  }

  @Test
  void aFileIsFetchedOnceAndLeftAloneAfterwards() throws IOException {
    server.on("/good/a.bin", content(A));
    fetch(set("/good/"));
    fetch(set("/good/"));
    assertThat(stored()).hasBinaryContent(A);
    assertThat(part()).doesNotExist();
    assertThat(told).containsExactly("stored a.bin", "present a.bin");
    assertThat(server.requests()).containsExactly("/good/a.bin");
  }

  @Test
  void aDamagedFileInTheCacheIsReplaced() throws IOException {
    server.on("/good/a.bin", content(A));
    Files.createDirectories(stored().getParent());
    Files.write(stored(), bytes(A.length, 2));
    fetch(set("/good/"));
    assertThat(stored()).hasBinaryContent(A);
  }

  @Test
  void aDamagedFileStaysWhereNoMirrorHasABetterOne() throws IOException {
    server.on("/bad/a.bin", status(500));
    Files.createDirectories(stored().getParent());
    Files.writeString(stored(), "damaged");
    assertThatThrownBy(() -> fetch(set("/bad/"))).isInstanceOf(FetchException.class);
    assertThat(stored()).hasContent("damaged");
  }

  @Test
  void theNextMirrorIsAskedAndTheReasonReported() throws IOException {
    server
        .on("/absent/a.bin", status(404))
        .on("/failing/a.bin", status(500))
        .on("/hung/a.bin", hungUp())
        .on("/corrupt/a.bin", content(bytes(A.length, 2)))
        .on("/good/a.bin", content(A));
    fetch(set("/absent/", "/failing/", "/hung/", "/corrupt/", "/good/"));
    assertThat(stored()).hasBinaryContent(A);
    assertThat(told).hasSize(5).startsWith("HTTP 404", "HTTP 500").endsWith("stored a.bin");
    assertThat(told.get(3)).startsWith("what it sends has the SHA-256 ");
  }

  @Test
  void aFileOfAnotherHashIsNeitherStoredNorContinued() {
    assertThat(failure(content(bytes(A.length, 2)))).contains("what it sends has the SHA-256");
    assertThat(part()).doesNotExist();
  }

  @Test
  void aServerThatStallsIsGivenUpAndItsBeginningContinuedElsewhere() throws IOException {
    server.on("/slow/a.bin", server.stalled(A, 70_000)).on("/good/a.bin", content(A));
    fetch(set("/slow/", "/good/"), SHORT);
    assertThat(told).containsExactly("sent nothing for 1.0 s", "stored a.bin");
    assertThat(server.requests()).containsExactly("/slow/a.bin", "/good/a.bin bytes=70000-");
    assertThat(stored()).hasBinaryContent(A);
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    assertThat(failure(server.silent(), SHORT)).contains("no answer within 1.0 s");
  }

  @Test
  void aServerThatClosesEarlyLeavesABeginningThatTheNextRunContinues() throws IOException {
    assertThat(failure(broken(A, 70_000))).contains("run it again to continue from byte 70,000");
    assertThat(part()).hasBinaryContent(Arrays.copyOf(A, 70_000));
    server.on("/good/a.bin", content(A));
    fetch(set("/good/"));
    assertThat(server.requests()).containsExactly("/bad/a.bin", "/good/a.bin bytes=70000-");
    assertThat(stored()).hasBinaryContent(A);
    assertThat(part()).doesNotExist();
  }

  @Test
  void aFileThatEndsTooSoonWithoutAnErrorIsNotStored() {
    assertThat(failure(unannounced(Arrays.copyOf(A, 1_000))))
        .contains("ended after 1,000 of 200,000 bytes");
    assertThat(part()).hasBinaryContent(Arrays.copyOf(A, 1_000));
  }

  @Test
  void aFileAnnouncedWithAnotherLengthIsNotRead() {
    assertThat(failure(whole(new byte[7]))).contains("has 7 bytes, not 200,000");
    assertThat(part()).doesNotExist();
  }

  @Test
  void aServerThatSendsWithoutEndIsStoppedAtThePinnedLength() {
    List<Long> received = new ArrayList<>();
    server.on(
        "/endless/a.bin",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (byte[] more = new byte[10_000]; ; ) {
            exchange.getResponseBody().write(more);
          }
        });
    Listener counting =
        new Listener() {
          @Override
          public void received(PinnedFile file, long total) {
            received.add(total);
          }
        };
    assertThatThrownBy(() -> new DataFetcher(cache, LONG).fetch(set("/endless/"), counting))
        .hasMessageContaining("sends more than 200,000 bytes");
    assertThat(received).isSorted().last().isEqualTo(200_000L);
    assertThat(part()).doesNotExist();
    assertThat(stored()).doesNotExist();
  }

  @Test
  void aServerThatIgnoresRangesSendsAllAgain() throws IOException {
    begin(Arrays.copyOf(A, 70_000));
    server.on("/whole/a.bin", whole(A));
    fetch(set("/whole/"));
    assertThat(server.requests()).containsExactly("/whole/a.bin bytes=70000-");
    assertThat(stored()).hasBinaryContent(A);
  }

  @Test
  void aBeginningOfAnotherFileIsThrownAwayAndTheSameMirrorAskedForAll() throws IOException {
    begin(bytes(70_000, 2));
    server.on("/good/a.bin", content(A));
    fetch(set("/good/"));
    assertThat(server.requests()).containsExactly("/good/a.bin bytes=70000-", "/good/a.bin");
    assertThat(told).containsExactly("stored a.bin");
    assertThat(stored()).hasBinaryContent(A);
  }

  @Test
  void aWholePartialFileIsCheckedAndStoredWithoutARequest() throws IOException {
    begin(A);
    fetch(set("/nowhere/"));
    assertThat(server.requests()).isEmpty();
    assertThat(stored()).hasBinaryContent(A);
  }

  @Test
  void aPartialFileThatIsTooLongIsThrownAway() throws IOException {
    begin(bytes(A.length + 1, 2));
    server.on("/good/a.bin", content(A));
    fetch(set("/good/"));
    assertThat(server.requests()).containsExactly("/good/a.bin");
    assertThat(stored()).hasBinaryContent(A);
  }

  @Test
  void aServerThatSendsAnotherRangeThanAskedForIsNotBelieved() throws IOException {
    begin(Arrays.copyOf(A, 70_000));
    assertThat(failure(range(A, 60_000)))
        .contains("asked for the bytes from 70000 on, it sent 'bytes 6");
    assertThat(part()).hasBinaryContent(Arrays.copyOf(A, 70_000));
  }

  @Test
  void aServerThatRefusesTheRangeIsAskedForAll() throws IOException {
    begin(Arrays.copyOf(A, 70_000));
    server.on(
        "/picky/a.bin",
        exchange -> {
          boolean ranged = exchange.getRequestHeaders().containsKey("Range");
          (ranged ? status(416) : whole(A)).handle(exchange);
        });
    fetch(set("/picky/"));
    assertThat(stored()).hasBinaryContent(A);
  }

  @Test
  void aRedirectIsFollowedWithTheRange() throws IOException {
    begin(Arrays.copyOf(A, 70_000));
    server.on("/old/a.bin", redirect("/new/a.bin")).on("/new/a.bin", content(A));
    fetch(set("/old/"));
    assertThat(server.requests())
        .containsExactly("/old/a.bin bytes=70000-", "/new/a.bin bytes=70000-");
    assertThat(stored()).hasBinaryContent(A);
  }

  @Test
  void redirectsInACircleEnd() {
    assertThat(failure(redirect("/bad/a.bin"))).contains("redirects more than 5 times");
    assertThat(server.requests()).hasSize(6);
  }

  @Test
  void aRedirectToSomethingElseThanHttpIsRefused() {
    assertThat(failure(redirect("file:///etc/passwd"))).contains("which is not http or https");
  }

  @Test
  void aMissingServerIsReported() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    DataSet set =
        new DataSet(
            "toy",
            "Toy",
            List.of(pinned("a.bin", A)),
            List.of(URI.create("http://127.0.0.1:" + port + "/")));
    assertThatThrownBy(() -> fetch(set)).hasMessageContaining("a.bin: connection refused");
  }

  @Test
  void ofTwoFetchesAtOnceTheSecondFindsWhatTheFirstBrought() throws Exception {
    server.on("/good/a.bin", content(A));
    CyclicBarrier together = new CyclicBarrier(2);
    List<CompletableFuture<Void>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  together.await();
                  new DataFetcher(cache, LONG).fetch(set("/good/"), new Listener() {});
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (CompletableFuture<Void> one : both) {
      one.get(30, TimeUnit.SECONDS);
    }
    assertThat(server.requests()).containsExactly("/good/a.bin");
    assertThat(stored()).hasBinaryContent(A);
  }

  @Test
  void aFetchWaitsForAnotherProcess() throws Exception {
    server.on("/good/a.bin", content(A));
    Files.createDirectories(stored().getParent());
    Closeable held = DataCache.lock(stored().getParent(), () -> {});
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    CompletableFuture<Void> fetched =
        CompletableFuture.runAsync(
            () -> {
              try {
                new DataFetcher(cache, LONG)
                    .fetch(
                        set("/good/"),
                        new Listener() {
                          @Override
                          public void waiting() {
                            waiting.complete(null);
                          }
                        });
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    waiting.get(30, TimeUnit.SECONDS);
    assertThat(server.requests()).isEmpty();
    held.close();
    fetched.get(30, TimeUnit.SECONDS);
    assertThat(stored()).hasBinaryContent(A);
  }

  private Process fetching(String name, String mirror) throws IOException {
    return FetchProcess.start(
        temporary.resolve(name), cache.root(), server.at(mirror), pinned("a.bin", A));
  }

  private void awaitWaiting(String name) throws IOException, InterruptedException {
    while (!Files.readString(temporary.resolve(name)).contains("waiting")) {
      Thread.sleep(10);
    }
  }

  @Test
  void ofTwoProcessesAtOnceTheSecondFindsWhatTheFirstBrought() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    server.on(
        "/slow/a.bin",
        exchange -> {
          asked.countDown();
          await(released);
          content(A).handle(exchange);
        });
    Process first = fetching("first", "/slow/");
    asked.await();
    Process second = fetching("second", "/slow/");
    awaitWaiting("second");
    assertThat(stored()).doesNotExist();
    released.countDown();

    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    assertThat(temporary.resolve("first")).hasContent("stored");
    assertThat(temporary.resolve("second")).hasContent("waiting\npresent");
    assertThat(server.requests()).containsExactly("/slow/a.bin");
    assertThat(stored()).hasBinaryContent(A);
    assertThat(part()).doesNotExist();
  }

  @Test
  void theNextProcessContinuesTheDownloadOfOneThatWasKilled() throws Exception {
    server.on("/stuck/a.bin", server.stalled(A, 100_000)).on("/good/a.bin", content(A));
    Process first = fetching("first", "/stuck/");
    while (!Files.exists(part()) || Files.size(part()) == 0) {
      assertThat(first.isAlive()).isTrue();
      Thread.sleep(10);
    }
    Process second = fetching("second", "/good/");
    awaitWaiting("second");
    first.destroyForcibly().waitFor();

    assertThat(second.waitFor()).isZero();
    assertThat(temporary.resolve("second")).hasContent("waiting\nstored");
    assertThat(server.requests()).hasSize(2).element(1).asString().startsWith("/good/a.bin bytes=");
    assertThat(stored()).hasBinaryContent(A);
    assertThat(part()).doesNotExist();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFileWhereTheCacheShouldBeIsNamed() throws IOException {
    Path file = Files.writeString(temporary.resolve("taken"), "kept");
    for (Path root : List.of(file, file.resolve("below"))) {
      cache = new DataCache(root);
      assertThatThrownBy(() -> fetch(set("/good/")))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining(file + " is a file; remove it, or set IDEM_DATA_HOME to a folder");
    }
    assertThat(file).hasContent("kept");
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() {
    assumeThat(Path.of("/proc/self")).exists();
    cache = new DataCache(Path.of("/proc/idem"));
    assertThatThrownBy(() -> fetch(set("/good/")))
        .isInstanceOf(FetchException.class)
        .hasMessage(
            "the cache (/proc/idem/toy) cannot be written to; set IDEM_DATA_HOME to a folder that"
                + " can");
  }

  @Test
  void timeoutsThatAConnectionCannotKeepAreRefused() {
    Duration second = Duration.ofSeconds(1);
    Duration most = Duration.ofDays(24);
    assertThat(new Timeouts(Duration.ofMillis(1), most).read()).isEqualTo(most);
    for (Duration timeout :
        List.of(
            most.plusNanos(1),
            Duration.ofSeconds(Long.MAX_VALUE),
            Duration.ofNanos(999_999),
            Duration.ZERO,
            second.negated())) {
      assertThatThrownBy(() -> new Timeouts(timeout, second))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("connect (%s) must be from 1 ms to 24 days", timeout);
      assertThatThrownBy(() -> new Timeouts(second, timeout))
          .hasMessage("read (%s) must be from 1 ms to 24 days", timeout);
    }
  }
}
