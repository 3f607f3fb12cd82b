package dev.idem.generative.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.algebra.Shape;
import dev.idem.api.random.RandomStreams;
import dev.idem.generative.data.ImageFile.UnusableImageException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures with random damage are read or refused with a reason, and nothing else is thrown. How
 * many is {@code -Didem.fuzzTries}, 600 if not given.
 */
class ImageFuzzTest {

  private static final int TRIES = Integer.getInteger("idem.fuzzTries", 600);
  private static final Shape SHAPE = Shape.of(16, 16, 3);

  @TempDir Path folder;

  private static List<byte[]> whole() throws IOException {
    BufferedImage grey = new BufferedImage(20, 16, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage clear = new BufferedImage(16, 20, BufferedImage.TYPE_INT_ARGB);
    return List.of(
        Pictures.bytes(Pictures.noisy(24, 20), "png"),
        Pictures.bytes(Pictures.noisy(24, 20), "jpg"),
        Pictures.jpegTurned(Pictures.rgb(32, 20, 1), 6),
        Pictures.bytes(grey, "png"),
        Pictures.bytes(grey, "jpg"),
        Pictures.bytes(clear, "png"));
  }

  @Test
  void damageIsReportedAndNothingElseIsThrown() throws IOException {
    List<byte[]> whole = whole();
    Path file = folder.resolve("picture");
    int read = 0;
    for (int i = 0; i < TRIES; i++) {
      Files.write(file, damaged(whole.get(i % whole.size()), RandomStreams.stream(2, "damage", i)));
      try {
        BufferedImage picture = ImageFile.picture(file, SHAPE, true);
        assertThat(picture.getWidth()).as("damage %d", i).isEqualTo(16);
        assertThat(picture.getHeight()).as("damage %d", i).isEqualTo(16);
        read++;
      } catch (UnusableImageException e) {
        assertThat(e.getMessage()).as("damage %d", i).isNotBlank().doesNotContain("\n");
      }
    }
    assertThat(read).isBetween(1, TRIES - 1);
  }

  @Test
  void aFolderOfDamagedPicturesOpensWithoutThemAndSaysWhy() throws IOException {
    List<byte[]> whole = whole();
    for (int i = 0; i < 4; i++) {
      Files.write(folder.resolve("whole-" + i + ".png"), whole.get(0));
    }
    for (int i = 0; i < 60; i++) {
      byte[] damaged = damaged(whole.get(i % whole.size()), RandomStreams.stream(3, "damage", i));
      Files.write(folder.resolve("damaged-" + i + ".jpg"), damaged);
    }
    try (ImageFolder images = ImageFolder.open(folder, SHAPE, 1, 1)) {
      assertThat(images.skipped())
          .isNotEmpty()
          .allSatisfy(skipped -> assertThat(skipped.path()).startsWith("damaged-"))
          .allSatisfy(skipped -> assertThat(skipped.reason()).isNotBlank());
      assertThat(images.trainingSize() + images.heldOutSize() + images.skipped().size())
          .isEqualTo(64);
    }
  }

  private static byte[] damaged(byte[] whole, RandomGenerator random) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(6); i >= 0; i--) {
      // Where headers are, more often than chance has it.
      int at = random.nextInt(random.nextBoolean() ? Math.min(64, bytes.length) : bytes.length);
      bytes[at] = (byte) (random.nextInt(3) == 0 ? 0xff : random.nextInt(256));
    }
    if (random.nextBoolean()) {
      mend(bytes);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  /** Gives the first chunk of a PNG its checksum, so that damage gets past it. */
  private static void mend(byte[] bytes) {
    if (bytes[0] == (byte) 0x89 && bytes.length > 33) {
      CRC32 crc = new CRC32();
      crc.update(bytes, 12, 17);
      ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
    }
  }
}
