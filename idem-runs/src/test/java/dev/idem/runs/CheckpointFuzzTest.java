package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.random.RandomStreams;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints that are damaged, or forged with a hash that is right, are refused by the project's
 * own exception in a line, and in no great memory. How many is {@code -Didem.fuzzTries}, 2,000 if
 * not given.
 */
class CheckpointFuzzTest {

  private static final int TRIES = Integer.getInteger("idem.fuzzTries", 2_000);
  private static final int HASH = 32;
  private static final int PROLOGUE = 16;
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    ":",
    "null",
    "-1",
    "0",
    "1e999",
    "2147483647",
    "9223372036854775807",
    "true",
    "\n",
    "\u0000",
    "PARAMETER",
    "VARIANCE",
    "LISTENER",
    "\"wide\":true",
    "\"kernel\""
  };

  private final byte[] whole = Checkpoints.after(40).bytes();

  /** Any bytes at all wrong, missing or too many. */
  @Test
  @Timeout(300)
  void whatIsDamagedIsNeverLoaded(@TempDir Path path) throws IOException {
    CheckpointFolder folder = new CheckpointFolder(path, 2);
    Path file = folder.write(Checkpoints.after(40));
    int tries = Math.max(1, TRIES / 20);
    for (int i = 0; i < tries; i++) {
      RandomGenerator random = RandomStreams.stream(1, "damaged checkpoint", i);
      byte[] damaged = damaged(whole, random);
      if (Arrays.equals(damaged, whole)) {
        continue;
      }
      Files.write(file, damaged);
      try {
        folder.newestIntact("run-1", checkpoint -> {});
        throw new AssertionError("loaded: damage " + i);
      } catch (MalformedFileException e) {
        assertThat(e.getMessage()).as("damage %d", i).contains("step-000000000040").hasLineCount(1);
      }
    }
  }

  private static byte[] damaged(byte[] whole, RandomGenerator random) {
    byte[] damaged = Arrays.copyOf(whole, random.nextInt(4) > 0 ? whole.length : length(random));
    for (int wrong = random.nextInt(4); wrong > 0 && damaged.length > 0; wrong--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }
    return damaged;
  }

  private static int length(RandomGenerator random) {
    return random.nextInt(2_000);
  }

  /** A header of text pieces, a body of any length, and the hash that belongs to them. */
  @Test
  @Timeout(300)
  void whatIsForgedIsRefusedInALineOrIsACheckpoint() throws NoSuchAlgorithmException {
    int loaded = 0;
    for (int i = 0; i < TRIES; i++) {
      byte[] forged = forged(RandomStreams.stream(1, "forged checkpoint", i));
      try {
        Checkpoint checkpoint = Checkpoint.of(forged);
        assertThat(checkpoint.state().stepsDone()).isNotNegative();
        loaded++;
      } catch (MalformedFileException e) {
        assertThat(e.getMessage()).as("forgery %d", i).isNotBlank().hasLineCount(1);
        assertThat(e.getMessage()).as("forgery %d", i).doesNotContain("Cannot invoke");
      }
    }
    // A changed name, or a changed number, is a checkpoint still.
    assertThat(loaded).isBetween(1, TRIES - 1);
  }

  private byte[] forged(RandomGenerator random) throws NoSuchAlgorithmException {
    ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.getInt(PROLOGUE - Integer.BYTES);
    StringBuilder header =
        new StringBuilder(new String(whole, PROLOGUE, length, StandardCharsets.UTF_8));
    for (int edit = random.nextInt(3); edit >= 0; edit--) {
      int at = random.nextInt(header.length() + 1);
      int end = Math.min(header.length(), at + random.nextInt(random.nextInt(12) + 1));
      header.replace(at, end, random.nextBoolean() ? PIECES[random.nextInt(PIECES.length)] : "");
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOfRange(whole, PROLOGUE + length, whole.length - HASH);
    if (random.nextInt(4) == 0) {
      body = Arrays.copyOf(body, random.nextInt(2 * body.length));
    }
    int told = random.nextInt(8) == 0 ? random.nextInt() : json.length;
    ByteBuffer prologue = ByteBuffer.allocate(PROLOGUE).order(ByteOrder.LITTLE_ENDIAN);
    prologue.put(whole, 0, PROLOGUE - Integer.BYTES).putInt(told);
    ByteArrayOutputStream forged = new ByteArrayOutputStream();
    forged.writeBytes(prologue.array());
    forged.writeBytes(json);
    forged.writeBytes(body);
    forged.writeBytes(MessageDigest.getInstance("SHA-256").digest(forged.toByteArray()));
    return forged.toByteArray();
  }
}
