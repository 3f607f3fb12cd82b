package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.tf.engine.GpuDiagnosis.Part;
import dev.idem.tf.engine.GpuDiagnosis.SharedLibraries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system that a folder plays. */
class GpuDiagnosisTest {

  private static final String CUDA = "opt/cuda/lib64/";

  @TempDir Path root;

  private Path file(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private GpuDiagnosis diagnosis(String build, Map<String, String> environment) {
    return new GpuDiagnosis(build, new SharedLibraries(root, environment));
  }

  /** A machine that has everything, with a cuDNN of that version. */
  private void install(String cudnn, String driver) throws IOException {
    file("proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64 Kernel Module  " + driver);
    file("usr/lib/x86_64-linux-gnu/libcuda.so.1", "");
    for (String name :
        List.of(
            "libcublas.so.12",
            "libcublasLt.so.12",
            "libcufft.so.11",
            "libcusolver.so.11",
            "libcusparse.so.12")) {
      file(CUDA + name, "");
    }
    Path runtime = file(CUDA + "libcudart.so.12.5.82", "");
    Files.createSymbolicLink(runtime.resolveSibling("libcudart.so.12"), runtime.getFileName());
    Path library = file("usr/local/dnn/libcudnn.so." + cudnn, "");
    Files.createSymbolicLink(library.resolveSibling("libcudnn.so.9"), library.getFileName());
    Files.write(
        file("etc/ld.so.cache", ""),
        "glibc-ld.so.cache1.1\0\1\2\0libcudnn.so.9\0/usr/local/dnn/libcudnn.so.9\0"
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void nothingIsMissingWhereEverythingIs() throws IOException {
    install("9.3.0", "555.42.06");
    GpuDiagnosis diagnosis = diagnosis("linux-x86_64-gpu", Map.of("LD_LIBRARY_PATH", "/" + CUDA));
    assertThat(diagnosis.missing()).isEmpty();
    assertThat(diagnosis.parts()).hasSize(10).allMatch(Part::there);
    assertThat(diagnosis.parts())
        .extracting(Part::told)
        .contains("loaded, version 555.42.06")
        .anyMatch(told -> told.endsWith("/libcudart.so.12, version 12.5.82"))
        .anyMatch(told -> told.endsWith("/usr/local/dnn/libcudnn.so.9, version 9.3.0"));
  }

  @Test
  void aLibraryThatTheLinkerDoesNotFindIsNamed() throws IOException {
    install("9.3.0", "555.42.06");
    assertThat(diagnosis("linux-x86_64-gpu", Map.of()).missing())
        .hasValueSatisfying(
            missing ->
                assertThat(missing)
                    .contains("CUDA 12.5, libcudart.so.12", "libcufft.so.11")
                    .doesNotContain("cudnn", "libcuda.so.1", "driver"));
    Files.delete(root.resolve("usr/local/dnn/libcudnn.so.9")); // the cache is out of date
    assertThat(diagnosis("linux-x86_64-gpu", Map.of()).missing().orElseThrow())
        .contains("cuDNN 9.3, libcudnn.so.9");
  }

  @Test
  void whatIsTooOldIsNamed() throws IOException {
    install("9.1.1", "470.82.01");
    assertThat(diagnosis("linux-x86_64-gpu", Map.of("LD_LIBRARY_PATH", "/" + CUDA)).parts())
        .filteredOn(part -> !part.there())
        .extracting(Part::told)
        .satisfiesExactly(
            driver -> assertThat(driver).isEqualTo("loaded, version 470.82.01, which is too old"),
            cudnn -> assertThat(cudnn).endsWith("version 9.1.1, which is too old"));
  }

  @Test
  void aMachineWithoutAnyPartGetsTheWholeList() {
    List<Part> parts = diagnosis("linux-x86_64", Map.of()).parts();
    assertThat(parts).hasSize(10).noneMatch(Part::there);
    assertThat(parts.get(0).told()).contains("build with -Pgpu");
    assertThat(parts.get(1).told()).contains("not loaded");
    assertThat(parts.get(2).wanted()).endsWith("libcuda.so.1");
  }

  @Test
  void otherPlatformsHaveNoGpuBuild() {
    assertThat(diagnosis("macosx-arm64", Map.of()).parts())
        .singleElement()
        .extracting(Part::told)
        .isEqualTo("this is macosx-arm64; builds with GPU support exist for linux-x86_64 only");
  }
}
