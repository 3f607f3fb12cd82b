package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.generative.noise.NoiseSource;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoiseFileTest {

  private static final String SUM = "images, sha256 " + "0a".repeat(32);

  @TempDir private Path temporary;
  private RunFolder folder;
  private final Images images = new Images();

  /** Images that count how often one is read. */
  private static final class Images implements FiniteDataSource {

    private int reads;

    @Override
    public Shape shape() {
      return Shape.of(3, 2, 1);
    }

    @Override
    public int trainingSize() {
      return 12;
    }

    @Override
    public float[] trainingSample(int index) {
      reads++;
      float[] image = new float[6];
      for (int i = 0; i < image.length; i++) {
        image[i] = (float) Math.sin(7 * index + i * i);
      }
      return image;
    }

    @Override
    public String description() {
      return "images";
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void makeTheFolder() throws IOException {
    folder = new RunFolder(temporary.toRealPath());
  }

  private NoiseFile open(NoiseKind kind, String fingerprint) {
    images.reads = 0;
    return new NoiseFile(folder, kind, images, fingerprint);
  }

  private Path file() {
    return folder.file(RunFolder.NOISE);
  }

  private static void assertSame(NoiseSource one, NoiseSource other) {
    assertThat(one.description()).isEqualTo(other.description());
    assertThat(one.batch(5, 3, 4)).isDeepEqualTo(other.batch(5, 3, 4));
  }

  @ParameterizedTest
  @EnumSource(names = {"SPECTRAL", "COVARIANCE"})
  void noiseIsEstimatedOnceAndThenReadToTheSameBytes(NoiseKind kind) throws IOException {
    NoiseFile first = open(kind, SUM);
    assertThat(images.reads).isPositive();
    assertThat(file()).doesNotExist();
    first.keep();

    NoiseFile second = open(kind, SUM);
    assertThat(images.reads).isZero();
    assertSame(second.source(), first.source());
    second.delete();
    assertThat(file()).doesNotExist();
    second.delete();
  }

  @Test
  void whereTheImagesLieMakesNoDifference() throws IOException {
    open(NoiseKind.COVARIANCE, SUM).keep();
    open(NoiseKind.COVARIANCE, SUM.replace("images", "moved images"));
    assertThat(images.reads).isZero();
  }

  @Test
  void noiseOfOtherImagesOrOfAnotherKindIsEstimatedAndReplaced() throws IOException {
    open(NoiseKind.COVARIANCE, SUM).keep();
    byte[] kept = Files.readAllBytes(file());

    NoiseFile otherImages = open(NoiseKind.COVARIANCE, SUM.replace("0a", "0b"));
    assertThat(images.reads).isPositive();
    assertThat(file()).hasBinaryContent(kept);
    otherImages.keep();
    open(NoiseKind.COVARIANCE, SUM);
    assertThat(images.reads).isPositive();

    NoiseSource spectral = open(NoiseKind.SPECTRAL, SUM.replace("0a", "0b")).source();
    assertThat(images.reads).isPositive();
    assertThat(spectral.kind()).isEqualTo(NoiseKind.SPECTRAL);
  }

  @Test
  void aDamagedFileIsIgnoredAndReplacedByTheSameBytes() throws IOException {
    NoiseFile whole = open(NoiseKind.COVARIANCE, SUM);
    whole.keep();
    byte[] kept = Files.readAllBytes(file());
    for (int at = 0; at < kept.length; at++) {
      byte[] damaged = kept.clone();
      damaged[at] ^= 0x40;
      Files.write(file(), damaged);
      NoiseFile again = open(NoiseKind.COVARIANCE, SUM);
      assertThat(images.reads).as("damaged at %s", at).isPositive();
      assertSame(again.source(), whole.source());
      again.keep();
      assertThat(file()).hasBinaryContent(kept);
    }
    for (int length : new int[] {0, 1, 7, 8, 20, kept.length - 1}) {
      Files.write(file(), Arrays.copyOf(kept, length));
      assertSame(open(NoiseKind.COVARIANCE, SUM).source(), whole.source());
      assertThat(images.reads).isPositive();
    }
  }

  @Test
  void whiteNoiseHasNothingToKeep() throws IOException {
    open(NoiseKind.WHITE, SUM).keep();
    assertThat(images.reads).isZero();
    assertThat(file()).doesNotExist();
  }
}
