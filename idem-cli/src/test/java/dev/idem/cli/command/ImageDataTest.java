package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.algebra.Shape;
import dev.idem.cli.command.Subcommand.UsageException;
import dev.idem.models.fetch.DataCache;
import dev.idem.models.fetch.DataSets;
import dev.idem.runs.RecordedData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The images that a command takes: those that are named, or those that its model was trained on.
 */
class ImageDataTest {

  private static final Shape SHAPE = Shape.of(28, 28, 1);
  private static final int PICTURES = 6;

  @TempDir private Path temporary;

  private Path pictures = Path.of("");

  @BeforeEach
  void draw() throws IOException {
    pictures = Files.createDirectory(temporary.resolve("bars"));
    for (int i = 0; i < PICTURES; i++) {
      picture(pictures, i, i);
    }
  }

  private static void picture(Path folder, int name, int height) throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    image.createGraphics().fillRect(0, 0, 28, 4 * height + 1);
    ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
  }

  private ImageData open(@Nullable String data, Optional<RecordedData> model) throws IOException {
    return new ImageData.Sources(DataSets.published(), () -> new DataCache(temporary))
        .open(data, model, SHAPE);
  }

  private RecordedData recorded(String data) throws IOException {
    try (ImageData images = open(data, Optional.empty())) {
      return images.recorded();
    }
  }

  @Test
  void withoutANameTheImagesAreThoseThatTheModelWasTrainedOn() throws IOException {
    RecordedData bars = recorded("images:" + pictures);
    try (ImageData images = open(null, Optional.of(bars))) {
      assertThat(images.recorded()).isEqualTo(bars);
      assertThat(images.source().description()).startsWith("images of bars");
    }
    try (ImageData images = open("mnist", Optional.of(bars))) {
      assertThat(images.source().description()).startsWith("MNIST test digits");
    }
  }

  @Test
  void theRecordNamesAFolderFromAnywhere() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(pictures);
    assertThat(recorded("images:" + relative).source()).isEqualTo("images:" + pictures);
  }

  @Test
  void aModelThatRecordsNoDataAsksForSome() {
    assertThatThrownBy(() -> open(null, Optional.empty()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "the model does not record what it was trained on; name images by --data: mnist,"
                + " mnist:DIR, fetched:NAME or images:DIR");
  }

  @Test
  void imagesThatAreNotThereAnyMoreAreNamedAndAreTheSameWhereverTheyAre() throws IOException {
    RecordedData bars = recorded("images:" + pictures);
    Path moved = Files.move(pictures, temporary.resolve("moved"));
    assertThatThrownBy(() -> open(null, Optional.of(bars)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("the model was trained on images of bars, [28, 28, 1] in [-1, 1],")
        .hasMessageContaining("(images:" + pictures + "), cannot be opened: image folder (")
        .hasMessageContaining("put them back, or name images by --data: ");
    assertThat(recorded("images:" + moved).sameImages(bars)).isTrue();
  }

  @Test
  void imagesThatWereChangedAreRefusedEachOfThem() throws IOException {
    RecordedData bars = recorded("images:" + pictures);
    for (int i = 0; i < PICTURES; i++) {
      picture(pictures, i, PICTURES);
      assertThatThrownBy(() -> open(null, Optional.of(bars)))
          .as("picture %d, trained on or held out", i)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("(images:" + pictures + "), other images now: images of bars");
      picture(pictures, i, i);
    }
  }

  /**
   * Pictures of clothes have the shape of digits, and the files of any set the names of MNIST's.
   */
  @Test
  void digitsAreKnownByTheirPixelsNotByTheirShapeOrTheirFilesNames() throws IOException {
    Path clothes = Files.createDirectory(temporary.resolve("clothes"));
    for (String part : new String[] {"train", "t10k"}) {
      Files.write(
          clothes.resolve(part + "-images-idx3-ubyte"),
          ByteBuffer.allocate(16 + 2 * SHAPE.size())
              .putInt(0x803)
              .putInt(2)
              .putInt(28)
              .putInt(28)
              .array());
      Files.write(
          clothes.resolve(part + "-labels-idx1-ubyte"),
          ByteBuffer.allocate(10).putInt(0x801).putInt(2).array());
    }
    for (String other : new String[] {"images:" + pictures, "mnist:" + clothes}) {
      try (ImageData images = open(other, Optional.empty())) {
        assertThat(images.source().shape()).isEqualTo(SHAPE);
        assertThat(images.source().description()).doesNotStartWith("MNIST");
        assertThat(images.isDigits()).as(other).isFalse();
      }
    }
    try (ImageData digits = open("mnist", Optional.empty())) {
      assertThat(digits.isDigits()).isTrue();
    }
  }
}
