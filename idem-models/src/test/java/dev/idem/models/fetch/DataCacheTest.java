package dev.idem.models.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.models.fetch.DataSets.DataSet;
import dev.idem.models.fetch.DataSets.PinnedFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where data sets lie, and which there are. */
class DataCacheTest {

  private static final Path HOME = Path.of("/home/ann").toAbsolutePath();

  private static Path root(Map<String, String> environment) {
    return DataCache.of(environment, HOME).root();
  }

  @Test
  void theEnvironmentNamesTheCache() {
    String caches = HOME.resolve("caches").toString();
    assertThat(root(Map.of("IDEM_DATA_HOME", "/data", "XDG_CACHE_HOME", caches)))
        .isEqualTo(Path.of("/data"));
    assertThat(root(Map.of("IDEM_DATA_HOME", " ", "XDG_CACHE_HOME", caches)))
        .isEqualTo(HOME.resolve("caches/idem"));
    assertThat(root(Map.of("XDG_CACHE_HOME", "relative"))).isEqualTo(HOME.resolve(".cache/idem"));
    assertThat(root(Map.of("XDG_CACHE_HOME", ""))).isEqualTo(HOME.resolve(".cache/idem"));
    assertThat(root(Map.of())).isEqualTo(HOME.resolve(".cache/idem"));
  }

  @Test
  void aSetThatIsNotThereSaysHowToFetchIt(@TempDir Path temporary) throws IOException {
    DataCache cache = new DataCache(temporary);
    DataSet set =
        new DataSet(
            "toy",
            "Toy",
            List.of(new PinnedFile("a", 1, "0".repeat(64)), new PinnedFile("b", 1, "0".repeat(64))),
            List.of());
    assertThatThrownBy(() -> cache.fetched(set))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("toy is not in the cache (%s); run 'idem data fetch toy'", temporary);
    Files.createDirectory(temporary.resolve("toy"));
    Files.writeString(temporary.resolve("toy/a"), "a");
    Files.writeString(temporary.resolve("toy/b"), "too long");
    assertThatThrownBy(() -> cache.fetched(set))
        .hasMessageContaining("toy is in the cache with 1 of its 2 files");
  }

  @Test
  void thePublishedSetsAreOfFourFilesEachAndHaveMoreThanOneMirror() {
    DataSets sets = DataSets.published();
    assertThat(sets.names()).containsExactly("mnist", "fashion-mnist");
    for (DataSet set : sets.sets()) {
      assertThat(set.files()).hasSize(4);
      assertThat(set.mirrors()).hasSizeGreaterThan(1);
      assertThat(set.mirrors().get(0).getScheme()).isEqualTo("https");
    }
    assertThat(DataSets.mnist().bytes()).isEqualTo(11_594_722);
    assertThat(DataSets.fashionMnist().bytes()).isEqualTo(30_878_645);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PinnedFile("../a", 1, "0".repeat(64)))
        .withMessageContaining("name ('../a')");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PinnedFile("a", 0, "0".repeat(64)))
        .withMessageContaining("bytes (0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PinnedFile("a", 1, "ABC"))
        .withMessageContaining("sha256 ('ABC')");
    PinnedFile file = new PinnedFile("a", 1, "0".repeat(64));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DataSet("toy", "Toy", List.of(), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DataSet("toy", "Toy", List.of(file, file), List.of()))
        .withMessageContaining("different names");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new DataSet("toy", "Toy", List.of(file), List.of(URI.create("https://host/no"))))
        .withMessageContaining("mirror (https://host/no)");
  }

  @Test
  void httpsIsNeverLeftForHttp() throws IOException {
    URI secure = URI.create("https://host/a");
    assertThatThrownBy(() -> HttpDownload.redirected(secure, "http://host/a"))
        .hasMessage("redirects from https to http (http://host/a); refused");
    assertThat(HttpDownload.redirected(secure, "/b")).isEqualTo(URI.create("https://host/b"));
    assertThat(HttpDownload.redirected(URI.create("http://host/a"), "https://host/a"))
        .isEqualTo(secure);
    assertThatThrownBy(() -> HttpDownload.redirected(secure, "http://["))
        .hasMessageContaining("which is not an address");
  }
}
