package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.models.data.ImageDataSource;
import dev.idem.models.fetch.DataCache;
import dev.idem.models.fetch.DataSets;
import dev.idem.models.fetch.DataSets.DataSet;
import dev.idem.models.fetch.DataSets.PinnedFile;
import dev.idem.runs.catalogue.Catalogue.UnknownNameException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A set in the cache, by its name. */
class FetchedImagesTest {

  private static final int IMAGE = 28 * 28;

  @TempDir private Path temporary;

  private static byte[] images(int count) {
    return ByteBuffer.allocate(16 + count * IMAGE)
        .putInt(0x803)
        .putInt(count)
        .putInt(28)
        .putInt(28)
        .array();
  }

  private static byte[] labels(int count) {
    return ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count).array();
  }

  private static PinnedFile file(String name, byte[] content) {
    return new PinnedFile(name, content.length, "0".repeat(64));
  }

  private static DataSet set() {
    return new DataSet(
        "clothes",
        "Clothes",
        List.of(
            file("train-images-idx3-ubyte", images(3)),
            file("train-labels-idx1-ubyte", labels(3)),
            file("t10k-images-idx3-ubyte", images(2)),
            file("t10k-labels-idx1-ubyte", labels(2))),
        List.of());
  }

  @Test
  void aFetchedSetIsOpenedByItsName() throws IOException {
    DataCache cache = new DataCache(temporary);
    ImageData.Sources fetched = new ImageData.Sources(new DataSets(List.of(set())), () -> cache);
    assertThatThrownBy(() -> fetched.fetched("clothes"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("run 'idem data fetch clothes'");
    Path folder = Files.createDirectory(cache.folder(set()));
    Files.write(folder.resolve("train-images-idx3-ubyte"), images(3));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(3));
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(2));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels(2));
    ImageDataSource images = fetched.fetched("clothes");
    assertThat(images.description()).contains("Clothes");
    assertThat(images.trainingSize()).isEqualTo(3);
    assertThat(images.heldOutImages().size()).isEqualTo(2);
  }

  @Test
  void aNameThatIsNoSetIsAnsweredWithTheClosest() {
    ImageData.Sources fetched =
        new ImageData.Sources(DataSets.published(), () -> new DataCache(temporary));
    assertThatThrownBy(() -> fetched.fetched("fashon-mnist"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(
            "unknown data set 'fashon-mnist'; did you mean 'fashion-mnist'? Known: mnist,"
                + " fashion-mnist");
  }
}
