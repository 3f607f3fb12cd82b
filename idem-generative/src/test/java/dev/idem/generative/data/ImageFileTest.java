package dev.idem.generative.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.random.RandomStreams;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {

  private static final Shape COLOUR = Shape.of(16, 16, 3);
  private static final Shape GREY = Shape.of(16, 16, 1);

  private final Path folder;

  ImageFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static float level(int value) {
    return value / 127.5f - 1;
  }

  /** Asserts the colour, given in bytes, of a pixel of a sample of 16 x 16. */
  private static void assertPixel(float[] sample, int x, int y, int tolerance, int... levels) {
    for (int c = 0; c < levels.length; c++) {
      assertThat(sample[levels.length * (16 * y + x) + c])
          .as("channel %s at %s, %s", c, x, y)
          .isCloseTo(level(levels[c]), within(tolerance / 127.5f + 1e-6f));
    }
  }

  private Path halves(String name, int width, int height, int type) throws IOException {
    Color left = new Color(200, 40, 80);
    Color right = new Color(20, 220, 120);
    return Pictures.write(Pictures.halves(width, height, type, left, right), folder.resolve(name));
  }

  @Test
  void aPngOfTheRightSizeIsReadToTheByte() throws IOException {
    float[] sample =
        ImageFile.read(halves("a.png", 16, 16, BufferedImage.TYPE_INT_RGB), COLOUR, false);
    assertPixel(sample, 0, 0, 0, 200, 40, 80);
    assertPixel(sample, 15, 15, 0, 20, 220, 120);
  }

  @ParameterizedTest
  @CsvSource({"17,16", "16,40", "200,16", "500,300", "8,8", "3,100", "1000,1001", "1,1"})
  void otherSizesAreCroppedToTheMiddleAndScaled(int width, int height) throws IOException {
    for (String name : new String[] {"a.png", "a.jpg"}) {
      Path file = halves(name, width, height, BufferedImage.TYPE_INT_RGB);
      assertThatThrownBy(() -> ImageFile.read(file, COLOUR, false))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "image (%s) is %s x %s pixels, not 16 x 16; crop and scale it (--fit)"
                  .formatted(file, width, height));
      float[] sample = ImageFile.read(file, COLOUR, true);
      assertThat(sample).hasSize(COLOUR.size());
      if (width >= 8) {
        int tolerance = name.endsWith("png") ? 2 : 40;
        assertPixel(sample, 1, 8, tolerance, 200, 40, 80);
        assertPixel(sample, 14, 8, tolerance, 20, 220, 120);
      }
    }
  }

  @Test
  void theMiddleIsWhatIsKept() throws IOException {
    BufferedImage image = new BufferedImage(96, 32, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 32; y++) {
      for (int x = 32; x < 64; x++) {
        image.setRGB(x, y, 0xffffff);
      }
    }
    float[] wide = ImageFile.read(Pictures.write(image, folder.resolve("w.png")), GREY, true);
    assertThat(wide).containsOnly(1f);
  }

  @ParameterizedTest
  @CsvSource({"1024,1024", "512,512", "100,90", "37,53", "17,16", "2000,300", "16,16"})
  void aLargerImageIsTheMeanOfTheAreaUnderEachPixel(int width, int height) throws IOException {
    for (String pattern : new String[] {"checkerboard", "lines", "noise"}) {
      BufferedImage image = pattern(pattern, width, height);
      Path file = Pictures.write(image, folder.resolve(pattern + ".png"));
      double[] expected = areaMean(image);
      float[] sample = ImageFile.read(file, GREY, true);
      for (int i = 0; i < sample.length; i++) {
        assertThat((sample[i] + 1) * 127.5)
            .as("%s, pixel %s", pattern, i)
            .isCloseTo(expected[i], within(0.501));
      }
    }
  }

  private static BufferedImage pattern(String name, int width, int height) {
    RandomGenerator random = RandomStreams.stream(4, "noise", 0);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int level =
            switch (name) {
              case "checkerboard" -> 255 * ((x + y) % 2);
              case "lines" -> x % 8 == 0 ? 255 : 0;
              default -> random.nextInt(256);
            };
        image.setRGB(x, y, level * 0x010101);
      }
    }
    return image;
  }

  /** Of the largest square in the middle, 16 x 16, from the definition. */
  private static double[] areaMean(BufferedImage image) {
    int side = Math.min(image.getWidth(), image.getHeight());
    int left = (image.getWidth() - side) / 2;
    int top = (image.getHeight() - side) / 2;
    double scale = side / 16.0;
    double[] mean = new double[16 * 16];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int level = image.getRGB(left + x, top + y) & 0xff;
        for (int j = (int) (y / scale); j < Math.min(16, (y + 1) / scale); j++) {
          for (int i = (int) (x / scale); i < Math.min(16, (x + 1) / scale); i++) {
            double wide = Math.min(x + 1, (i + 1) * scale) - Math.max(x, i * scale);
            double high = Math.min(y + 1, (j + 1) * scale) - Math.max(y, j * scale);
            mean[16 * j + i] += level * Math.max(0, wide) * Math.max(0, high) / (scale * scale);
          }
        }
      }
    }
    return mean;
  }

  @Test
  void stripsChangeNothing() throws IOException {
    BufferedImage image = Pictures.noisy(90, 70);
    for (String name : new String[] {"a.png", "a.jpg"}) {
      Path file = Pictures.write(image, folder.resolve(name));
      BufferedImage whole = ImageFile.picture(file, COLOUR, true);
      BufferedImage strips = ImageFile.picture(file, COLOUR, true, 5 * 70 * 3);
      assertThat(pixels(strips)).isEqualTo(pixels(whole));
    }
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  void aFileIsReadByItsPathAlone() throws IOException {
    // As in a locale that lacks characters of a name, where no java.io.File finds the file.
    Path png = halves("a.png", 40, 20, BufferedImage.TYPE_INT_RGB);
    Path jpeg = halves("a.jpg", 40, 20, BufferedImage.TYPE_INT_RGB);
    try (FileSystem zip =
        FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
      for (Path file : new Path[] {png, jpeg}) {
        Path inside = zip.getPath("/" + file.getFileName());
        Files.copy(file, inside);
        assertThat(ImageFile.read(inside, COLOUR, true))
            .isEqualTo(ImageFile.read(file, COLOUR, true));
      }
    }
  }

  @Test
  void aJpegOfWhichTheDecoderWarnsIsRefusedWithItsWords() throws IOException {
    byte[] whole = Pictures.bytes(Pictures.noisy(64, 64), "jpg");
    Arrays.fill(whole, whole.length / 2, whole.length / 2 + 512, (byte) 0);
    Path file = Files.write(folder.resolve("x.jpg"), whole);
    assertRefused(file, "is damaged: Corrupt JPEG data: ");
  }

  @Test
  void whatADecoderSaysOfThingsThatNoPixelDependsOnIsNoDamage() throws IOException {
    byte[] jpeg = Pictures.bytes(Pictures.rgb(16, 16, 3), "jpg");
    Path file = Files.write(folder.resolve("x.jpg"), jpeg);
    float[] expected = ImageFile.read(file, COLOUR, false);
    // The JFIF version, 1.2, becomes 9.2, and the decoder warns.
    jpeg[11] = 9;
    Files.write(file, jpeg);
    assertThat(ImageFile.read(file, COLOUR, false)).isEqualTo(expected);
  }

  @Test
  void aPngIsRefusedForAChecksumOfItsPixelsButNotOfItsComments() throws IOException {
    byte[] whole = Pictures.bytes(Pictures.noisy(20, 20), "png");
    Path file = folder.resolve("x.png");
    byte[] damaged = whole.clone();
    // The last byte of the pixels' checksum, before the end mark of 12 bytes.
    damaged[whole.length - 13] ^= 1;
    assertRefused(
        Files.write(file, damaged), "is damaged: the checksum of a chunk (IDAT) is wrong");
    assertRefused(
        Files.write(file, Arrays.copyOf(whole, whole.length - 12)),
        "is truncated: its end marker is missing");
    Files.write(file, Pictures.withComment(whole));
    assertThat(ImageFile.read(file, COLOUR, true)).hasSize(COLOUR.size());
  }

  @Test
  void greyAndColourBecomeOneAnother() throws IOException {
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        grey.getRaster().setSample(x, y, 0, 100);
      }
    }
    Path png = Pictures.write(grey, folder.resolve("g.png"));
    assertPixel(ImageFile.read(png, GREY, false), 3, 4, 0, 100);
    assertPixel(ImageFile.read(png, COLOUR, false), 3, 4, 0, 100, 100, 100);
    Path jpeg = Pictures.write(grey, folder.resolve("g.jpg"));
    assertPixel(ImageFile.read(jpeg, GREY, false), 3, 4, 2, 100);
    float[] luma = ImageFile.read(halves("c.png", 16, 16, BufferedImage.TYPE_INT_RGB), GREY, false);
    assertThat(luma[0])
        .isCloseTo((0.299f * 200 + 0.587f * 40 + 0.114f * 80) / 127.5f - 1, within(1e-5f));
  }

  @Test
  void transparentPlacesAreBlack() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(2, 2, 0xff50a0f0);
    image.setRGB(3, 2, 0x80ffffff);
    float[] sample = ImageFile.read(Pictures.write(image, folder.resolve("t.png")), COLOUR, false);
    assertPixel(sample, 0, 0, 0, 0, 0, 0);
    assertPixel(sample, 2, 2, 0, 0x50, 0xa0, 0xf0);
    assertPixel(sample, 3, 2, 1, 0x80, 0x80, 0x80);
  }

  @Test
  void sixteenBitsAndPalettesAreRead() throws IOException {
    BufferedImage deep = new BufferedImage(16, 16, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(5, 6, 0, 65_535);
    deep.getRaster().setSample(6, 6, 0, 100 * 257);
    float[] sample = ImageFile.read(Pictures.write(deep, folder.resolve("d.png")), GREY, false);
    assertPixel(sample, 5, 6, 0, 255);
    assertPixel(sample, 6, 6, 0, 100);
    assertPixel(sample, 7, 6, 0, 0);
    IndexColorModel palette =
        new IndexColorModel(
            2,
            3,
            new byte[] {0, 10, (byte) 250},
            new byte[] {0, 20, (byte) 240},
            new byte[] {0, 30, (byte) 230});
    BufferedImage indexed = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_BINARY, palette);
    indexed.getRaster().setSample(1, 1, 0, 1);
    indexed.getRaster().setSample(2, 1, 0, 2);
    sample = ImageFile.read(Pictures.write(indexed, folder.resolve("p.png")), COLOUR, false);
    assertPixel(sample, 1, 1, 0, 10, 20, 30);
    assertPixel(sample, 2, 1, 0, 250, 240, 230);
  }

  @ParameterizedTest
  @CsvSource({"1,false,false", "2,true,false", "3,true,false", "6,false,true", "8,true,true"})
  void aCamerasNoteOfTheOrientationIsFollowed(int note, boolean swapped, boolean turned)
      throws IOException {
    BufferedImage image =
        Pictures.halves(64, 32, BufferedImage.TYPE_INT_RGB, Color.WHITE, Color.BLACK);
    Path file = Files.write(folder.resolve("n.jpg"), Pictures.jpegTurned(image, note));
    Shape shape = turned ? Shape.of(64, 32, 1) : Shape.of(32, 64, 1);
    float[] sample = ImageFile.read(file, shape, false);
    // The white half: left as it was taken; above, when turned clockwise.
    float first = sample[0];
    float last = sample[sample.length - 1];
    assertThat(first).isCloseTo(swapped ? -1 : 1, within(0.1f));
    assertThat(last).isCloseTo(swapped ? 1 : -1, within(0.1f));
    float corner = sample[shape.dimension(1) - 1];
    boolean cornerIsWhite = turned != swapped;
    assertThat(corner).isCloseTo(cornerIsWhite ? 1 : -1, within(0.1f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.jpg"})
  void whereverAFileIsCutItIsRefused(String name) throws IOException {
    for (double share : new double[] {0.01, 0.3, 0.6, 0.9}) {
      Path file = Pictures.write(Pictures.noisy(90, 70), folder.resolve(name));
      assertThat(ImageFile.read(file, COLOUR, true)).hasSize(COLOUR.size());
      Pictures.truncated(file, share);
      assertThatThrownBy(() -> ImageFile.read(file, COLOUR, true))
          .as("cut at %s", share)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("image (" + file + ") is ");
    }
  }

  @Test
  void damagedBytesAreRefusedOrReadButNothingElse() throws IOException {
    for (String format : new String[] {"png", "jpg"}) {
      byte[] whole = Pictures.bytes(Pictures.noisy(20, 20), format);
      for (int at = 0; at < whole.length; at += 7) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) 0x55;
        Path file = Files.write(folder.resolve("x." + format), damaged);
        try {
          assertThat(ImageFile.read(file, COLOUR, true)).hasSize(COLOUR.size());
        } catch (IOException e) {
          assertThat(e).hasMessageStartingWith("image (" + file + ") ");
        }
      }
    }
  }

  @Test
  void whatIsNoPictureSaysSo() throws IOException {
    Path file = folder.resolve("x.png");
    assertRefused(file, "does not exist");
    assertRefused(folder, "is not a file");
    Files.write(file, new byte[0]);
    assertRefused(file, "is empty");
    Files.write(file, new byte[] {(byte) 0xff});
    assertRefused(file, "is neither JPEG nor PNG, whatever its name");
    Files.writeString(file, "some text that is no picture");
    assertRefused(file, "is neither JPEG nor PNG, whatever its name");
    Files.write(file, Pictures.bytes(Pictures.rgb(16, 16, 1), "gif"));
    assertRefused(file, "is neither JPEG nor PNG, whatever its name");
    Files.write(file, new byte[2_000]);
    assertRefused(file, "is neither JPEG nor PNG, whatever its name");
  }

  @Test
  void aHeaderThatClaimsTooMuchIsRefusedBeforeAnythingIsAllocated() throws IOException {
    Path file = Files.write(folder.resolve("x.png"), Pictures.pngClaiming(50_000, 50_000));
    assertRefused(file, "is 50000 x 50000 pixels; at most 100000000 are read");
    Files.write(file, Pictures.pngClaiming(Integer.MAX_VALUE, Integer.MAX_VALUE));
    assertRefused(file, "is 2147483647 x 2147483647 pixels");
    Files.write(file, Pictures.pngClaiming(9_000, 9_000));
    assertRefused(file, "is damaged");
    Files.write(file, Pictures.pngClaiming(0, 5));
    assertRefused(file, "is damaged");
  }

  @Test
  void aJpegOfFourInksIsRefusedWithTheReason() throws IOException {
    Path file = Files.write(folder.resolve("x.jpg"), Pictures.fourInks(16, 16));
    assertRefused(file, "is ");
    Files.write(file, Pictures.markedByAdobe(Pictures.fourInks(16, 16)));
    assertRefused(file, "is ");
  }

  private void assertRefused(Path file, String reason) {
    assertThatThrownBy(() -> ImageFile.read(file, COLOUR, true))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("image (" + file + ") " + reason)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void theSameFileGivesTheSameSample() throws IOException {
    Path file = Pictures.write(Pictures.noisy(211, 97), folder.resolve("a.jpg"));
    float[] first = ImageFile.read(file, COLOUR, true);
    assertThat(Arrays.equals(ImageFile.read(file, COLOUR, true), first)).isTrue();
  }
}
