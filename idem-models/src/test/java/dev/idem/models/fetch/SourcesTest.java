package dev.idem.models.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.models.fetch.DataFetcher.FetchException;
import dev.idem.models.fetch.DataFetcher.Listener;
import dev.idem.models.fetch.DataFetcher.Timeouts;
import dev.idem.models.fetch.DataSets.DataSet;
import dev.idem.models.fetch.DataSets.PinnedFile;
import dev.idem.models.storage.FileCard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files from a place of one's own pass the same checks. */
@Timeout(60)
class SourcesTest {

  private static final byte[] A = "one file".getBytes(StandardCharsets.UTF_8);
  private static final byte[] B = "the other file".getBytes(StandardCharsets.UTF_8);
  private static final DataSet SET =
      new DataSet("toy", "Toy", List.of(pinned("a.bin", A), pinned("b.bin", B)), List.of());

  @TempDir private Path temporary;
  private DataCache cache;
  private Path own;

  @BeforeEach
  void open() throws IOException {
    cache = new DataCache(temporary.resolve("cache"));
    own = Files.createDirectory(temporary.resolve("own"));
  }

  private static PinnedFile pinned(String name, byte[] content) {
    FileCard card = FileCard.of(content);
    return new PinnedFile(name, card.bytes(), card.sha256());
  }

  private void fetch(String from) throws IOException {
    new DataFetcher(cache, new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5)))
        .fetch(SET, from, new Listener() {});
  }

  @Test
  void aFolderGivesAllFiles() throws IOException {
    Files.write(own.resolve("a.bin"), A);
    Files.write(own.resolve("b.bin"), B);
    fetch(own.toString());
    assertThat(cache.root().resolve("toy/a.bin")).hasBinaryContent(A);
    assertThat(cache.root().resolve("toy/b.bin")).hasBinaryContent(B);
    assertThat(own.resolve("a.bin")).hasBinaryContent(A);
  }

  @Test
  void aFolderWithoutAFileGivesWhatItHasAndNamesWhatItLacks() throws IOException {
    Files.write(own.resolve("a.bin"), A);
    assertThatThrownBy(() -> fetch(own.toString()))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining(own.resolve("b.bin") + ": is missing");
    assertThat(cache.count(SET)).isEqualTo(1);
  }

  @Test
  void aChangedFileOfAFolderIsRefused() throws IOException {
    Files.writeString(own.resolve("a.bin"), "one fibe");
    assertThatThrownBy(() -> fetch(own.toString()))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("a.bin: has the SHA-256 ");
    assertThat(cache.folder(SET)).isDirectoryNotContaining("glob:**a.bin*");
  }

  @Test
  void aFileIsKnownByItsContentWhateverItsName() throws IOException {
    Path file = Files.write(own.resolve("download (1)"), B);
    fetch(file.toString());
    assertThat(cache.root().resolve("toy/b.bin")).hasBinaryContent(B);
    assertThat(cache.root().resolve("toy/a.bin")).doesNotExist();
  }

  @Test
  void anAddressIsOfAFileOrOfTheFolderOfAll() throws IOException {
    try (LocalServer server = new LocalServer()) {
      server.on("/x/a.bin", LocalServer.content(A)).on("/x/b.bin", LocalServer.content(B));
      fetch(server.at("/x/b.bin").toString());
      assertThat(server.requests()).containsExactly("/x/b.bin");
      fetch(server.at("/x").toString());
      assertThat(server.requests()).containsExactly("/x/b.bin", "/x/a.bin");
    }
    assertThat(cache.fetched(SET)).isEqualTo(cache.folder(SET));
  }

  @Test
  void otherValuesAreRefusedInWords() throws IOException {
    Path wrong = Files.writeString(own.resolve("a.bin"), "short");
    Path other = Files.writeString(own.resolve("other.bin"), "short");
    assertRefused(wrong.toString(), "is not one of the files of toy: it has 5 bytes, not 8");
    assertRefused(other.toString(), "is not one of the files of toy: by its length and SHA-256");
    assertRefused(own.resolve("nothing").toString(), "does not exist");
    assertRefused("", "'' does not exist");
    assertRefused("ftp://host/a.bin", "must be a file, a folder, or an http or https address");
    assertRefused("http://", "is not an address");
    assertRefused("https://host/folder?key=1", "has a query");
  }

  private static void assertRefused(String from, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sources.named(from, SET))
        .withMessageContaining(message);
  }

  @Test
  void aDirectoryIsNoFile() throws IOException {
    Files.createDirectory(own.resolve("a.bin"));
    assertThat(pinned("a.bin", A).problem(own.resolve("a.bin")))
        .isEqualTo(Optional.of("is not a file"));
  }
}
