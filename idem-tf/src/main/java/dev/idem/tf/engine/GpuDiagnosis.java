package dev.idem.tf.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The requirements of TensorFlow 2.18 for a GPU, each with what was found. The libraries are those
 * that it opens when it looks for GPUs; if one is missing, it registers no GPU. It was built with
 * CUDA 12.5 and cuDNN 9.3: an older cuDNN is refused when it is used.
 *
 * @see <a href="https://www.tensorflow.org/install/source#gpu">Tested build configurations</a>
 * @see <a
 *     href="https://docs.nvidia.com/deploy/cuda-compatibility/minor-version-compatibility.html">Drivers
 *     of CUDA 12: 525 or later</a>
 */
public final class GpuDiagnosis {

  /** The build of TensorFlow Java's native library that can use a GPU. */
  static final String GPU_BUILD = "linux-x86_64-gpu";

  private static final String DRIVER =
      "NVIDIA driver 525.60.13 or later (555.42 comes with CUDA 12.5)";
  private static final String CUDA = "CUDA 12.5";
  private static final String CUDNN = "cuDNN 9.3";
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

  /**
   * A requirement of GPU support.
   *
   * @param wanted the requirement, with its version
   * @param there whether it was found
   * @param told where it was found, or what is wrong and what to do
   */
  public record Part(String wanted, boolean there, String told) {}

  private record Library(String wanted, String name) {}

  private static final List<Library> LIBRARIES =
      List.of(
          new Library(DRIVER, "libcuda.so.1"),
          new Library(CUDA, "libcudart.so.12"),
          new Library(CUDA, "libcublas.so.12"),
          new Library(CUDA, "libcublasLt.so.12"),
          new Library(CUDA, "libcufft.so.11"),
          new Library(CUDA, "libcusolver.so.11"),
          new Library(CUDA, "libcusparse.so.12"),
          new Library(CUDNN, "libcudnn.so.9"));

  private final String nativeBuild;
  private final SharedLibraries libraries;

  /** The diagnosis of this machine. */
  public GpuDiagnosis() {
    this(Devices.nativeBuild(), new SharedLibraries(Path.of("/"), System.getenv()));
  }

  GpuDiagnosis(String nativeBuild, SharedLibraries libraries) {
    this.nativeBuild = nativeBuild;
    this.libraries = libraries;
  }

  /** All requirements, each after those that it builds on. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(build());
    if (!nativeBuild.startsWith("linux-x86_64")) {
      return List.copyOf(parts);
    }
    parts.add(driver());
    LIBRARIES.forEach(library -> parts.add(part(library)));
    return List.copyOf(parts);
  }

  private Part build() {
    boolean linux = nativeBuild.startsWith("linux-x86_64");
    String told =
        nativeBuild.equals(GPU_BUILD)
            ? "loaded"
            : linux
                ? "this is %s, without GPU support; build with -Pgpu".formatted(nativeBuild)
                : "this is %s; builds with GPU support exist for linux-x86_64 only"
                    .formatted(nativeBuild);
    return new Part("native build " + GPU_BUILD, nativeBuild.equals(GPU_BUILD), told);
  }

  private Part driver() {
    Path file = libraries.within("proc/driver/nvidia/version");
    try {
      Matcher version = VERSION.matcher(Files.readString(file));
      return version.find()
          ? versioned(DRIVER, "loaded, version ", version.group(), 525, 60)
          : new Part(DRIVER, true, "loaded, but %s does not state its version".formatted(file));
    } catch (IOException e) {
      return new Part(
          DRIVER, false, "not loaded (%s cannot be read); install or load it".formatted(file));
    }
  }

  private Part part(Library library) {
    String wanted = library.wanted() + ", " + library.name();
    Optional<Path> found = libraries.find(library.name());
    if (found.isEmpty()) {
      return new Part(
          wanted,
          false,
          "cannot be opened: neither in LD_LIBRARY_PATH nor in the linker's cache or folders;"
              + " install it or add its folder to LD_LIBRARY_PATH");
    }
    Matcher version = VERSION.matcher(realName(found.get()));
    String at = "found at %s, version ".formatted(found.get());
    if (library.wanted().equals(CUDNN) && version.find()) {
      return versioned(wanted, at, version.group(), 9, 3);
    }
    if (library.name().startsWith("libcudart") && version.find()) {
      return versioned(wanted, at, version.group(), 12, 5);
    }
    return new Part(wanted, true, "found at %s".formatted(found.get()));
  }

  /** What links like {@code libcudnn.so.9} lead to, such as {@code libcudnn.so.9.3.0}. */
  private static String realName(Path library) {
    try {
      return String.valueOf(library.toRealPath().getFileName());
    } catch (IOException e) {
      return "";
    }
  }

  private static Part versioned(
      String wanted, String told, String version, int leastMajor, int leastMinor) {
    String[] numbers = version.split("\\.", -1);
    int major = Integer.parseInt(numbers[0]);
    boolean enough =
        major > leastMajor || (major == leastMajor && Integer.parseInt(numbers[1]) >= leastMinor);
    return new Part(wanted, enough, told + version + (enough ? "" : ", which is too old"));
  }

  /** The parts that are missing, in a few words; empty if none is. */
  public Optional<String> missing() {
    List<String> missing =
        parts().stream().filter(part -> !part.there()).map(Part::wanted).toList();
    return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
  }

  /**
   * Where Linux's dynamic linker finds libraries: {@code LD_LIBRARY_PATH}, then its cache, then the
   * usual folders. Looked up by name and not opened: opening a damaged one may end the process.
   */
  static final class SharedLibraries {

    private static final List<String> USUAL =
        List.of(
            "lib/x86_64-linux-gnu",
            "usr/lib/x86_64-linux-gnu",
            "lib64",
            "usr/lib64",
            "lib",
            "usr/lib");

    private final Path root;
    private final List<Path> folders;
    private final String cache;

    /**
     * The libraries of a file system.
     *
     * @param root of the file system; {@code /} but for tests
     * @param environment where {@code LD_LIBRARY_PATH} may stand
     */
    SharedLibraries(Path root, Map<String, String> environment) {
      this.root = root;
      this.folders =
          Stream.concat(
                  Arrays.stream(environment.getOrDefault("LD_LIBRARY_PATH", "").split("[:;]"))
                      .filter(folder -> !folder.isBlank()),
                  USUAL.stream())
              .map(this::within)
              .toList();
      this.cache = cache();
    }

    /** The path of a library that would be opened by that name; empty if none would. */
    Optional<Path> find(String name) {
      Matcher cached =
          Pattern.compile("\0(/[^\0]*/" + Pattern.quote(name) + ")(?=\0)").matcher(cache);
      Stream<Path> fromCache = cached.results().map(found -> within(found.group(1)));
      Stream<Path> fromFolders = folders.stream().map(folder -> folder.resolve(name));
      return Stream.concat(fromFolders, fromCache).filter(Files::isReadable).findFirst();
    }

    /** A path of the file system below its root. */
    Path within(String path) {
      return root.resolve(path.startsWith("/") ? path.substring(1) : path);
    }

    /** The linker's cache: a binary file, whose paths stand in it between zeros. */
    private String cache() {
      try {
        return new String(
            Files.readAllBytes(within("etc/ld.so.cache")), StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        return "";
      }
    }
  }
}
