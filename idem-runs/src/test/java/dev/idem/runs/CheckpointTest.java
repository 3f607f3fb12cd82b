package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read is what was written, or is refused. */
class CheckpointTest {

  private final byte[] whole = Checkpoints.after(40).bytes();

  @Test
  void everyNumberComesBackToTheLastBit() throws IOException {
    Checkpoint expected = Checkpoints.after(40);
    Checkpoint found = Checkpoint.of(whole);

    assertThat(found.run()).isEqualTo("run-1");
    assertThat(found.state().stepsDone()).isEqualTo(40);
    for (String name : expected.state().network().parameterNames()) {
      assertThat(found.state().network().parameter(name))
          .isEqualTo(expected.state().network().parameter(name));
      assertThat(found.state().moments(name))
          .usingRecursiveComparison()
          .isEqualTo(expected.state().moments(name));
    }
    assertThat(found.state().network().statistics())
        .isEqualTo(expected.state().network().statistics());
    assertThat(found.listeners()).usingRecursiveComparison().isEqualTo(expected.listeners());
    assertThat(found.bytes()).isEqualTo(whole);
  }

  @Test
  void numbersTakeFourBytesWhereThatLosesNothing() {
    String header = new String(whole, StandardCharsets.US_ASCII);

    assertThat(header)
        .contains("\"owner\":\"kernel\",\"name\":\"\",\"length\":3,\"wide\":false")
        .contains("\"owner\":\"bias\",\"name\":\"\",\"length\":3,\"wide\":true");
  }

  @Test
  void oneWrongBitAnywhereIsRefused() {
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      assertThatExceptionOfType(MalformedFileException.class)
          .as("byte %d", at)
          .isThrownBy(() -> Checkpoint.of(damaged));
    }
  }

  @Test
  void everyShorterFileIsRefusedAndALongerOneToo() {
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(MalformedFileException.class)
          .as("length %d", length)
          .isThrownBy(() -> Checkpoint.of(cut));
    }
    assertThatThrownBy(() -> Checkpoint.of(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(MalformedFileException.class);
  }

  @Test
  void aHeaderThatIsNullIsRefused() throws NoSuchAlgorithmException {
    ByteBuffer forged = ByteBuffer.allocate(16 + 4 + 32).order(ByteOrder.LITTLE_ENDIAN);
    forged.put(whole, 0, 12).putInt(4).put("null".getBytes(StandardCharsets.US_ASCII));
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(forged.array(), 0, 20);
    forged.put(digest.digest());

    assertThatThrownBy(() -> Checkpoint.of(forged.array()))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage("has an invalid header: null");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anotherVersionIsRefusedByNumber(int version) throws NoSuchAlgorithmException {
    byte[] other = whole.clone();
    ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putInt(8, version);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(other, 0, other.length - 32);
    System.arraycopy(digest.digest(), 0, other, other.length - 32, 32);

    assertThatThrownBy(() -> Checkpoint.of(other))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage("has format %d; this version reads format 2", version);
  }

  /** The hash keeps out accidents; whoever computes it anew meets the checks behind it. */
  @Property(tries = 2_000)
  void whatIsWellHashedAndWrongIsRefusedByName(
      @ForAll @Size(min = 1, max = 4) int[] places, @ForAll byte value)
      throws NoSuchAlgorithmException {
    byte[] forged = whole.clone();
    int end = forged.length - 32;
    for (int place : places) {
      forged[8 + Math.floorMod(place, end - 8)] = value;
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(forged, 0, end);
    System.arraycopy(digest.digest(), 0, forged, end, 32);
    try {
      Checkpoint.of(forged);
    } catch (MalformedFileException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
