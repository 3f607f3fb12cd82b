package dev.idem.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabeledImagesTest {

  private final Path directory;

  LabeledImagesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void scalesBytesToTheIntervalFromMinusOneToOne() throws IOException {
    byte[] images = IdxBytes.idx(0x803, new int[] {2, 1, 2}, new byte[] {0, -1, 51, -128});
    LabeledImages read = read(images, IdxBytes.labels(3, 9), 10);
    assertThat(read.shape()).isEqualTo(Shape.of(1, 2, 1));
    assertThat(read.image(0)).containsExactly(-1, 1);
    assertThat(read.image(1)[0]).isCloseTo(-0.6f, within(1e-6f));
    assertThat(read.image(1)[1]).isCloseTo(128 / 127.5f - 1, within(1e-6f));
    assertThat(read.label(0)).isEqualTo(3);
    assertThat(read.label(1)).isEqualTo(9);
  }

  @Test
  void theHashDependsOnPixelsAndLabelsAndNotOnCompression() throws IOException {
    byte[] images = IdxBytes.images(2, 2, 2);
    String hash = read(images, IdxBytes.labels(3, 9), 10).sha256();
    assertThat(hash).hasSize(64);
    assertThat(read(IdxBytes.gzip(images), IdxBytes.gzip(IdxBytes.labels(3, 9)), 10).sha256())
        .isEqualTo(hash);
    assertThat(read(images, IdxBytes.labels(9, 3), 10).sha256()).isNotEqualTo(hash);
    images[images.length - 1]++;
    assertThat(read(images, IdxBytes.labels(3, 9), 10).sha256()).isNotEqualTo(hash);
  }

  @Test
  void callersCannotChangeTheImages() throws IOException {
    LabeledImages images = read(IdxBytes.images(1, 2, 2), IdxBytes.labels(0), 10);
    float[] before = images.image(0).clone();
    images.image(0)[0] = 5;
    assertThat(images.image(0)).isEqualTo(before);
  }

  @Test
  void aSubsetKeepsImagesAndLabelsTogether() throws IOException {
    LabeledImages images = read(IdxBytes.images(3, 2, 2), IdxBytes.labels(4, 5, 6), 10);
    LabeledImages subset = images.subset(2, 0);
    assertThat(subset.size()).isEqualTo(2);
    assertThat(subset.image(0)).isEqualTo(images.image(2));
    assertThat(subset.label(0)).isEqualTo(6);
    assertThat(subset.image(1)).isEqualTo(images.image(0));
    assertThat(subset.label(1)).isEqualTo(4);
  }

  @Test
  void refusesAnotherNumberOfLabelsThanImages() {
    assertThatExceptionOfType(MalformedFileException.class)
        .isThrownBy(() -> read(IdxBytes.images(3, 2, 2), IdxBytes.labels(1, 2), 10))
        .withMessageEndingWith(
            "labels: found 2 labels, expected 3, one for each image of "
                + directory.resolve("images")
                + "; take both files from the same set");
  }

  @Test
  void refusesLabelsThatAreNoClass() {
    assertThatExceptionOfType(MalformedFileException.class)
        .isThrownBy(() -> read(IdxBytes.images(2, 2, 2), IdxBytes.labels(9, 10), 10))
        .withMessageEndingWith(
            "labels: found label 10 at index 1, expected 0 to 9;"
                + " check that this is the right file");
    assertThatExceptionOfType(MalformedFileException.class)
        .isThrownBy(() -> read(IdxBytes.images(1, 2, 2), IdxBytes.labels(255), 10))
        .withMessageContaining("found label 255 at index 0");
  }

  @Test
  void refusesIndicesAndClassesOutOfRange() throws IOException {
    LabeledImages images = read(IdxBytes.images(1, 2, 2), IdxBytes.labels(0), 10);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> images.image(1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> images.label(-1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> images.subset(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(IdxBytes.images(1, 2, 2), IdxBytes.labels(0), 0))
        .withMessage("classes (0) must be in [1, 256]");
  }

  private LabeledImages read(byte[] images, byte[] labels, int classes) throws IOException {
    Path imageFile = Files.write(directory.resolve("images"), images);
    Path labelFile = Files.write(directory.resolve("labels"), labels);
    return LabeledImages.read(imageFile, labelFile, classes);
  }
}
