package dev.idem.models.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFilesTest {

  @TempDir Path folder;

  @Test
  void aFileLiesInTheTemporaryFolder() throws IOException {
    assertThat(SafeFiles.temporaryFolder())
        .isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
    assertThat(SafeFiles.newFile(folder, "idem", ".bin")).hasParent(folder).isEmptyFile();
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedAndLeavesNothing() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken").resolve("below")).getParent();
    assertThatThrownBy(() -> SafeFiles.write(folder, "taken", new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(taken + " could not be written");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(taken);
    }
  }

  @Test
  void aMissingFolderIsNamedAndWhatToSet() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> SafeFiles.newFile(missing, "idem", ".bin"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "temporary folder (%s) does not exist; set TMPDIR, or java.io.tmpdir of the JVM, to a"
                + " folder that can be written to",
            missing);
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> SafeFiles.newFile(file, "idem", ".bin"))
        .hasMessageContaining("temporary folder (" + file + ") is not a folder; set TMPDIR");
  }
}
