package dev.idem.generative.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.algebra.Shape;
import dev.idem.generative.data.ImageFolder.Skipped;
import dev.idem.generative.data.ImageFolder.TooManySkippedException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

  private static final Shape SHAPE = Shape.of(12, 12, 3);

  private final Path folder;
  private final Path elsewhere;

  ImageFolderTest(@TempDir Path temporary) throws IOException {
    folder = Files.createDirectory(temporary.resolve("faces"));
    elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
  }

  private static void fill(Path folder, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      String name = String.format(Locale.ROOT, "%03d.%s", i, i % 2 == 0 ? "png" : "jpg");
      Pictures.write(Pictures.rgb(12 + i % 5 * 10, 12 + i % 3 * 20, i), folder.resolve(name));
    }
  }

  private ImageFolder open() throws IOException {
    return ImageFolder.open(folder, SHAPE, 2);
  }

  @Test
  void imagesOfAnySizeAndKindBecomeSamples() throws IOException {
    fill(folder, 0, 30);
    Files.createDirectories(folder.resolve("deep/er"));
    Pictures.write(
        new BufferedImage(9, 40, BufferedImage.TYPE_BYTE_GRAY), folder.resolve("deep/er/g.JPEG"));
    Files.writeString(folder.resolve("readme.txt"), "not a picture, and not named as one");
    try (ImageFolder images = open()) {
      assertThat(images.trainingSize()).isEqualTo(28);
      assertThat(images.heldOutSize()).isEqualTo(3);
      assertThat(images.skipped()).isEmpty();
      assertThat(images.ignored())
          .containsExactly(new Skipped("readme.txt", "is not named .jpg, .jpeg or .png"));
      assertThat(images.shape()).isEqualTo(SHAPE);
      assertThat(images.description())
          .isEqualTo("images of faces, [12, 12, 3] in [-1, 1], 28 to train on, 3 held out");
      assertThat(images.batch(1, 0, 40)).hasDimensions(40, SHAPE.size());
      for (float[] image : images.batch(1, 3, 28)) {
        for (float value : image) {
          assertThat(value).isBetween(-1f, 1f);
        }
      }
    }
  }

  @Test
  void aSampleIsThePictureToTheByte() throws IOException {
    fill(folder, 0, 4);
    try (ImageFolder images = ImageFolder.open(folder, SHAPE, 1)) {
      float[][] expected = new float[4][];
      for (int i = 0; i < 4; i++) {
        String name = String.format(Locale.ROOT, "%03d.%s", i, i % 2 == 0 ? "png" : "jpg");
        expected[i] = ImageFile.read(folder.resolve(name), SHAPE, true);
      }
      for (int i = 0; i < images.trainingSize(); i++) {
        float[] sample = images.trainingSample(i);
        assertThat(Arrays.stream(expected))
            .as("training sample %s", i)
            .anyMatch(picture -> Arrays.equals(picture, sample));
      }
    }
  }

  @Test
  void theNumberOfThreadsAndThePlaceOfTheFolderChangeNothing() throws IOException {
    fill(folder, 0, 25);
    Files.write(folder.resolve("bad.png"), new byte[] {1});
    fill(elsewhere, 0, 25);
    Files.write(elsewhere.resolve("bad.png"), new byte[] {1});
    try (ImageFolder one = ImageFolder.open(folder, SHAPE, 1);
        ImageFolder many = ImageFolder.open(elsewhere, SHAPE, 7)) {
      assertThat(many.skipped()).isEqualTo(one.skipped());
      assertThat(many.batch(3, 5, 16)).isDeepEqualTo(one.batch(3, 5, 16));
      assertThat(many.heldOut(3, 2)).isDeepEqualTo(one.heldOut(3, 2));
      for (int i = 0; i < one.trainingSize(); i++) {
        assertThat(many.trainingSample(i)).isEqualTo(one.trainingSample(i));
      }
    }
  }

  @Test
  void nothingHeldOutIsTrainedOn() throws IOException {
    for (int i = 0; i < 40; i++) {
      Pictures.write(Pictures.rgb(12, 12, i), folder.resolve(i + ".png"));
    }
    try (ImageFolder images = open()) {
      float[][] heldOut = images.heldOut(1, images.heldOutSize());
      assertThat(heldOut).hasNumberOfRows(4);
      for (int i = 0; i < images.trainingSize(); i++) {
        float[] sample = images.trainingSample(i);
        assertThat(Arrays.stream(heldOut)).noneMatch(held -> Arrays.equals(held, sample));
      }
    }
  }

  @Test
  void damagedFilesAreSkippedAndListedWithTheReason() throws IOException {
    fill(folder, 0, 140);
    Files.write(folder.resolve("byte.jpg"), new byte[] {(byte) 0xff});
    Files.write(folder.resolve("empty.png"), new byte[0]);
    Files.writeString(folder.resolve("text.png"), "text");
    Files.write(folder.resolve("huge.png"), Pictures.pngClaiming(50_000, 50_000));
    Pictures.truncated(Pictures.write(Pictures.noisy(60, 60), folder.resolve("short.jpg")), 0.5);
    Files.createDirectory(folder.resolve("sub"));
    Pictures.truncated(
        Pictures.write(Pictures.noisy(60, 60), folder.resolve("sub/short.png")), 0.5);
    Files.write(folder.resolve("inks.jpg"), Pictures.fourInks(20, 20));
    try (ImageFolder images = open()) {
      assertThat(images.trainingSize() + images.heldOutSize()).isEqualTo(140);
      assertThat(images.skipped())
          .extracting(Skipped::path)
          .containsExactly(
              "byte.jpg",
              "empty.png",
              "huge.png",
              "inks.jpg",
              "short.jpg",
              Path.of("sub", "short.png").toString(),
              "text.png");
      assertThat(images.skipped())
          .contains(
              new Skipped("byte.jpg", "is neither JPEG nor PNG, whatever its name"),
              new Skipped("empty.png", "is empty"),
              new Skipped("huge.png", "is 50000 x 50000 pixels; at most 100000000 are read"));
      assertThat(images.description()).endsWith(", 7 skipped");
      images.batch(1, 0, 24);
    }
  }

  @Test
  void linksAreFollowedAndBrokenOnesListed() throws IOException {
    fill(elsewhere, 0, 6);
    Path link = folder.resolveSibling("link");
    Files.createSymbolicLink(link, elsewhere);
    Files.createSymbolicLink(folder.resolve("sub"), elsewhere);
    Files.createSymbolicLink(folder.resolve("one.png"), elsewhere.resolve("000.png"));
    Files.createSymbolicLink(folder.resolve("gone.png"), elsewhere.resolve("nothing.png"));
    try (ImageFolder linked = ImageFolder.open(link, SHAPE, 1);
        ImageFolder images = ImageFolder.open(folder, SHAPE, 1)) {
      assertThat(linked.trainingSize() + linked.heldOutSize()).isEqualTo(6);
      assertThat(images.trainingSize() + images.heldOutSize()).isEqualTo(7);
      assertThat(images.skipped()).extracting(Skipped::path).containsExactly("gone.png");
      assertThat(images.skipped().get(0).reason()).contains("cannot be read");
    }
    Files.createSymbolicLink(elsewhere.resolve("round"), elsewhere);
    assertThatThrownBy(() -> ImageFolder.open(elsewhere, SHAPE, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be listed");
  }

  @Test
  void tooFewImagesAreCountedAndTheReasonsReported() throws IOException {
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "image folder (%s) holds no JPEG or PNG images that can be used; at least 4 are"
                + " needed, to train on and to hold out",
            folder);
    fill(folder, 0, 1);
    for (int i = 0; i < 4; i++) {
      Files.write(folder.resolve("bad" + i + ".png"), new byte[] {1});
    }
    assertThatThrownBy(this::open)
        .hasMessageContaining("holds 1 JPEG or PNG image that can be used")
        .hasMessageContaining("(4 skipped: bad0.png is neither JPEG nor PNG")
        .hasMessageContaining("bad2.png")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("bad3.png"));
    fill(folder, 1, 4);
    try (ImageFolder images = ImageFolder.open(folder, SHAPE, 2, 1)) {
      assertThat(images.trainingSize()).isEqualTo(2);
      assertThat(images.heldOutSize()).isEqualTo(2);
    }
  }

  @Test
  void oneImageInTwentyMayBeSkippedAndNoMore() throws IOException {
    fill(folder, 0, 38);
    Files.write(folder.resolve("bad1.png"), new byte[] {1});
    Pictures.write(Pictures.rgb(12, 12, 1), folder.resolve("other.gif"));
    try (ImageFolder images = open()) {
      assertThat(images.skipped())
          .containsExactly(
              new Skipped("bad1.png", "is neither JPEG nor PNG, whatever its name"),
              new Skipped("other.gif", "is not named .jpg, .jpeg or .png"));
    }
    Files.write(folder.resolve("bad2.png"), new byte[0]);
    assertThatThrownBy(this::open)
        .isInstanceOf(TooManySkippedException.class)
        .hasMessage(
            "image folder (%s): 3 of 41 images cannot be used, more than 5 %%: bad1.png is neither"
                + " JPEG nor PNG, whatever its name; bad2.png is empty; other.gif is not named"
                + " .jpg, .jpeg or .png; repair or remove them",
            folder)
        .satisfies(e -> assertThat(((TooManySkippedException) e).skipped()).hasSize(3));
  }

  @Test
  void whatIsNoImageIsListedByItselfAndCountsForNothing() throws IOException {
    fill(folder, 0, 8);
    Files.write(folder.resolve("._000.png"), new byte[] {0, 5, 22, 7});
    Files.writeString(folder.resolve("labels.csv"), "a,b");
    Files.writeString(folder.resolve("notes"), "text");
    try (ImageFolder images = open()) {
      assertThat(images.skipped()).isEmpty();
      assertThat(images.ignored())
          .containsExactly(
              new Skipped("._000.png", "is a resource fork of macOS, not the file itself"),
              new Skipped("labels.csv", "is not named .jpg, .jpeg or .png"),
              new Skipped("notes", "is not named .jpg, .jpeg or .png"));
    }
  }

  @Test
  void whatIsNoFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> ImageFolder.open(file, SHAPE, 1))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessageContaining("image folder (" + file + ") is a file");
    assertThatThrownBy(() -> ImageFolder.open(folder.resolve("none"), SHAPE, 1))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessageContaining("does not exist; name a folder of JPEG or PNG files");
    assertThatThrownBy(() -> ImageFolder.open(folder, SHAPE, 0))
        .hasMessage("threads (0) must be positive");
  }

  private void celebA(String list) throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("img_align_celeba"));
    for (int i = 1; i <= 8; i++) {
      Pictures.write(
          Pictures.rgb(178, 218, i), pictures.resolve(String.format(Locale.ROOT, "%06d.jpg", i)));
    }
    Files.writeString(folder.resolve("list_eval_partition.txt"), list);
  }

  @Test
  void celebAIsKnownByItsLayoutAndItsListDecides() throws IOException {
    celebA(
        """
        000001.jpg 0
        000002.jpg 0
        000003.jpg 1
        000004.jpg 2
        000005.jpg 2

        000006.jpg 0
        000007.jpg  2
        000099.jpg 0
        """);
    try (ImageFolder images = open()) {
      assertThat(images.description())
          .isEqualTo("CelebA, aligned, [12, 12, 3] in [-1, 1], 3 to train on, 3 held out");
      assertThat(images.ignored())
          .containsExactly(
              new Skipped("000008.jpg", "is not in list_eval_partition.txt"),
              new Skipped(
                  "list_eval_partition.txt", "names 1 images that img_align_celeba does not hold"));
      float[] first = ImageFile.read(folder.resolve("img_align_celeba/000001.jpg"), SHAPE, true);
      assertThat(images.trainingSample(0)).isEqualTo(first);
    }
  }

  @Test
  void celebAWithoutItsListIsSplitLikeAnyFolder() throws IOException {
    celebA("");
    Files.delete(folder.resolve("list_eval_partition.txt"));
    try (ImageFolder images = open()) {
      assertThat(images.description()).startsWith("CelebA, aligned, ").contains("6 to train on");
    }
  }

  @Test
  void aForeignListIsNamedWithItsLine() throws IOException {
    celebA(
        """
        000001.jpg 0
        000002.jpg 3
        """);
    Path list = folder.resolve("list_eval_partition.txt");
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(list + ", line 2: '000002.jpg 3' must be a name and 0, 1 or 2");
    Files.write(list, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(list + " is not a text file");
    Files.writeString(
        list,
        """
        000001.jpg 0
        000002.jpg 0
        000003.jpg 1
        """);
    assertThatThrownBy(this::open)
        .hasMessageContaining("the list names 2 of its images to train on and 0 to test on");
  }

  @Test
  void closingRemovesTheTemporaryFile() throws IOException {
    fill(folder, 0, 6);
    ImageFolder images = open();
    images.trainingSample(0);
    images.close();
    assertThatThrownBy(() -> images.trainingSample(0)).isInstanceOf(UncheckedIOException.class);
    try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(left)
          .noneMatch(
              path ->
                  String.valueOf(path.getFileName()).startsWith("idem-images")
                      && Files.exists(path));
    }
  }

  @Test
  void indicesAndSizesOutOfRangeAreNamed() throws IOException {
    fill(folder, 0, 6);
    try (ImageFolder images = open()) {
      assertThatThrownBy(() -> images.trainingSample(4))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> images.heldOut(1, 3))
          .hasMessage("size (3) must be at most 2, the number of samples held out");
    }
  }

  @Test
  void everyEpochShowsEveryPictureOnce() throws IOException {
    for (int i = 0; i < 14; i++) {
      Pictures.write(Pictures.rgb(12, 12, i), folder.resolve(i + ".png"));
    }
    try (ImageFolder images = open()) {
      float[][] epoch = images.batch(5, 2, 12);
      assertThat(Arrays.stream(epoch).map(Arrays::hashCode).distinct()).hasSize(12);
      assertThat(images.trainingSize()).isEqualTo(12);
    }
  }
}
