package dev.idem.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import dev.idem.api.random.RandomStreams;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Files with random damage are read or refused, and take no more memory than their bytes and a
 * buffer. How many is {@code -Didem.fuzzTries}, 3,000 if not given.
 */
class IdxFuzzTest {

  private static final int[] HOSTILE = {
    0, 1, -1, 2, 255, 65_536, 1 << 30, Integer.MAX_VALUE, Integer.MAX_VALUE - 8, Integer.MIN_VALUE
  };
  private static final int TRIES = Integer.getInteger("idem.fuzzTries", 3_000);

  /** Buffers, messages, and the classes that these load; far from what the headers announce. */
  private static final long MOST_BYTES = 16 << 20;

  private final byte[] plain = IdxBytes.images(5, 4, 6);

  @Test
  void damageIsReportedAndNothingElseIsThrown() throws IOException {
    int read = 0;
    for (int i = 0; i < TRIES; i++) {
      read += isRead(damaged(RandomStreams.stream(1, "damage", i)), "damage " + i) ? 1 : 0;
    }
    // A damaged pixel of a plain file is a pixel.
    assertThat(read).isBetween(1, TRIES - 1);
  }

  @Property(tries = 500)
  void anyBytesAreToldApart(@ForAll byte[] bytes) throws IOException {
    isRead(bytes, "any");
  }

  private static boolean isRead(byte[] bytes, String what) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      IdxFile file = IdxFile.read(new ByteArrayInputStream(bytes), "fuzz", 3);
      assertThat(file.elements()).as(what).hasSize(file.shape().size());
      return true;
    } catch (MalformedFileException e) {
      assertThat(e.getMessage()).as(what).startsWith("fuzz: found ").contains(", expected ", "; ");
      assertThat(e.getMessage().lines()).as(what).hasSize(1);
      return false;
    } finally {
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).as(what).isLessThan(MOST_BYTES);
    }
  }

  private byte[] damaged(RandomGenerator random) {
    byte[] bytes = plain.clone();
    boolean compressed = random.nextBoolean();
    if (random.nextBoolean()) {
      int axis = random.nextInt(3);
      ByteBuffer.wrap(bytes).putInt(4 + 4 * axis, HOSTILE[random.nextInt(HOSTILE.length)]);
    } else if (compressed) {
      bytes = flipped(IdxBytes.gzip(bytes), random);
      return random.nextBoolean() ? cut(bytes, random) : bytes;
    } else {
      bytes = flipped(bytes, random);
    }
    bytes = random.nextInt(3) == 0 ? cut(bytes, random) : bytes;
    return compressed ? IdxBytes.gzip(bytes) : bytes;
  }

  private static byte[] flipped(byte[] bytes, RandomGenerator random) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static byte[] cut(byte[] bytes, RandomGenerator random) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
  }

  /**
   * What inflates without end is read only as far as its header announces, and one byte further.
   */
  @Test
  void aSmallFileThatInflatesToGigabytesIsRefusedUnread() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(IdxBytes.idx(0x803, new int[] {1, 2, 3}));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        out.write(zeros);
      }
    }
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    // A gzip file may have many members, one after the other: 40 times 64 MiB.
    for (int i = 0; i < 40; i++) {
      compressed.writeTo(bomb);
    }
    byte[] file = bomb.toByteArray();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatExceptionOfType(MalformedFileException.class)
        .isThrownBy(() -> IdxFile.read(new ByteArrayInputStream(file), "bomb", 3))
        .withMessage(
            "bomb: found more bytes after the last element, expected 6 elements; download the file"
                + " again");
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
  }

  /** One whose header announces its gigabytes is refused by what MNIST's largest file has. */
  @Test
  void aSmallFileThatAnnouncesGigabytesIsRefusedBeforeItIsInflated() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(IdxBytes.idx(0x803, new int[] {2_000, 1_000, 1_000}));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        out.write(zeros);
      }
    }
    byte[] file = compressed.toByteArray();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatExceptionOfType(MalformedFileException.class)
        .isThrownBy(() -> IdxFile.read(new ByteArrayInputStream(file), "bomb", 3))
        .withMessageStartingWith("bomb: found dimensions [2000, 1000, 1000] of a gzip file");
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
  }
}
