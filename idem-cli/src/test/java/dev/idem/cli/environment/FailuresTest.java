package dev.idem.cli.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of the machine, in a line that says what to do. */
class FailuresTest {

  private static AbstractStringAssert<?> told(Throwable failure) {
    return assertThat(Failures.describe(failure)).doesNotContain("\n");
  }

  @Test
  void tooLittleMemorySaysHowToUseLessOrGetMore() {
    told(new OutOfMemoryError("Java heap space"))
        .startsWith("out of memory (Java heap space): use a smaller batch")
        .contains("IDEM_JAVA_OPTS=-Xmx");
    told(new OutOfMemoryError("unable to create native thread"))
        .contains("--threads")
        .doesNotContain("-Xmx");
  }

  @Test
  void tooLittleMemoryInAnotherThreadIsFoundAndWhatItMeantIsKept() {
    Error memory = new OutOfMemoryError("Java heap space");
    told(new IllegalStateException(new ExecutionException(memory))).startsWith("out of memory (");
    told(new IllegalStateException("the checkpoint was not written", memory))
        .startsWith("the checkpoint was not written; out of memory (");
  }

  @Test
  void nativeLibrariesThatDoNotLoadNameTheFolderAndAnother() {
    UnsatisfiedLinkError error = new UnsatisfiedLinkError("no jnitensorflow in java.library.path");
    error.initCause(new UnsatisfiedLinkError("/x.so: /x.so: failed to map: not permitted"));
    error.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("org.bytedeco.javacpp.Loader", "loadLibrary", null, -1)
        });
    told(error)
        .contains("(/x.so: failed to map: not permitted)", "noexec")
        .contains("IDEM_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=DIR");
    told(new NoClassDefFoundError("Could not initialize class org.tensorflow.internal.c_api.X"))
        .contains("IDEM_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=DIR");
    told(new NoClassDefFoundError("com/example/Gone")).contains("NoClassDefFoundError");
  }

  @Test
  void aTemporaryFolderThatIsMissingIsNamed(@TempDir Path folder) {
    String before = System.getProperty("java.io.tmpdir");
    String missing = folder.resolve("missing").toString();
    System.setProperty("java.io.tmpdir", missing);
    try {
      told(new NoSuchFileException(missing + "/idem-images1.bin"))
          .startsWith("temporary folder (%s) does not exist".formatted(missing))
          .contains("IDEM_JAVA_OPTS=-Djava.io.tmpdir=DIR");
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }

  @Test
  void aFileIsDescribedByMoreThanItsPath(@TempDir Path folder) {
    Path missing = folder.resolve("missing");
    told(thrown(() -> Files.size(missing))).isEqualTo(missing + ": no such file or folder");
    told(thrown(() -> Files.createDirectory(folder))).isEqualTo(folder + ": exists already");
    told(new NoSuchFileException("toy is not in the cache; fetch it"))
        .isEqualTo("toy is not in the cache; fetch it");
  }

  /** What reads or writes. */
  @FunctionalInterface
  private interface Access {
    Object run() throws IOException;
  }

  private static IOException thrown(Access access) {
    try {
      throw new AssertionError("not thrown, but " + access.run());
    } catch (IOException e) {
      return e;
    }
  }
}
