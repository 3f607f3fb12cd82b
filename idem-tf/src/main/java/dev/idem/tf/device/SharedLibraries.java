package dev.idem.tf.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where Linux's dynamic linker finds libraries: {@code LD_LIBRARY_PATH}, then its cache, then the
 * usual folders. Looked up by name and not opened: opening a damaged one may end the process.
 */
final class SharedLibraries {

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
      return new String(Files.readAllBytes(within("etc/ld.so.cache")), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
