package dev.idem.cli.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.api.check.Require;
import dev.idem.cli.environment.Failures;
import dev.idem.models.storage.FileCard;
import dev.idem.runs.catalogue.Catalogue.Origin;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The jar of a plug-in, or the folder of its classes.
 *
 * @param path where it lies
 * @param name as its manifest or its Maven coordinates call it, else the name of the file
 * @param version from there too, if it has one
 * @param sha256 of the file, in hexadecimal; empty for a folder
 */
public record PluginJar(Path path, String name, Optional<String> version, Optional<String> sha256)
    implements Origin {

  /** The option that names folders of jars. */
  public static final String OPTION = "--plugins";

  /** The environment variable that does. */
  public static final String VARIABLE = "IDEM_PLUGINS";

  private static final String COORDINATES = "META-INF/maven/.+/pom\\.properties";

  /**
   * The jars of all folders: those of the environment, then those of the option, each folder's by
   * name; none twice.
   *
   * @param given what was given with the option, each one folder or several with the system's path
   *     separator between them
   * @throws IllegalArgumentException if one is not a folder, or holds no jars
   */
  public static List<Path> in(Map<String, String> environment, Collection<String> given) {
    Set<Path> jars = new LinkedHashSet<>();
    String variable = environment.getOrDefault(VARIABLE, "");
    if (!variable.isBlank()) {
      split(variable).forEach(folder -> jars.addAll(in(VARIABLE, folder)));
    }
    given.forEach(option -> split(option).forEach(folder -> jars.addAll(in(OPTION, folder))));
    return List.copyOf(jars);
  }

  private static Stream<String> split(String folders) {
    return Stream.of(folders.split(File.pathSeparator, -1));
  }

  private static Collection<Path> in(String source, String name) {
    Require.argument(!name.isBlank(), "%s ('%s') must name a folder of jars", source, name);
    Set<Path> real = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder(source, name))) {
      List<Path> jars =
          files.filter(file -> fileName(file).toLowerCase(Locale.ROOT).endsWith(".jar")).toList();
      Require.argument(
          !jars.isEmpty(),
          "%s (%s) holds no jar; put plug-ins there, or omit %s",
          source,
          name,
          source);
      for (Path jar : jars) {
        real.add(Files.exists(jar) ? jar.toRealPath() : jar.toAbsolutePath());
      }
      return real;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s (%s) cannot be read: %s".formatted(source, name, e.getMessage()), e);
    }
  }

  private static Path folder(String source, String name) {
    Path folder;
    try {
      folder = Path.of(name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s (%s) is not a valid path: %s".formatted(source, name, e.getReason()), e);
    }
    Require.argument(
        Files.exists(folder), "%s (%s) does not exist; name a folder of jars", source, name);
    Require.argument(
        Files.isDirectory(folder),
        "%s (%s) is a file; name the folder that contains it",
        source,
        name);
    return folder;
  }

  /**
   * Reads the jar of a plug-in, or the folder of its classes.
   *
   * @throws IOException if it is not a jar, or cannot be read
   */
  static PluginJar of(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return new PluginJar(path, fileName(path), Optional.empty(), Optional.empty());
    }
    try (JarFile jar = new JarFile(path.toFile())) {
      Manifest manifest = jar.getManifest();
      Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
      Properties coordinates = coordinates(jar);
      return new PluginJar(
          path,
          first(
                  main.getValue(Attributes.Name.IMPLEMENTATION_TITLE),
                  coordinates.getProperty("artifactId"))
              .orElseGet(() -> fileName(path)),
          first(
              main.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
              coordinates.getProperty("version")),
          Optional.of(FileCard.of(path).sha256()));
    }
  }

  private static Optional<String> first(@Nullable String one, @Nullable String other) {
    return Optional.ofNullable(one)
        .or(() -> Optional.ofNullable(other))
        .map(Failures::line)
        .filter(text -> !text.isEmpty());
  }

  /** What Maven wrote, unless the jar holds several projects. */
  private static Properties coordinates(JarFile jar) throws IOException {
    List<? extends ZipEntry> found =
        jar.stream().filter(entry -> entry.getName().matches(COORDINATES)).limit(2).toList();
    Properties coordinates = new Properties();
    if (found.size() == 1) {
      try (InputStream in = jar.getInputStream(found.get(0))) {
        coordinates.load(in);
      } catch (IllegalArgumentException e) {
        throw new IOException(found.get(0) + " is damaged", e);
      }
    }
    return coordinates;
  }

  /** The name of the file. */
  public String file() {
    return fileName(path);
  }

  static String fileName(Path path) {
    return Failures.line(String.valueOf(path.getFileName()));
  }

  @Override
  public String label() {
    return label(name, version.orElse(""), file());
  }

  /** {@code plug-in own-strategy 1.0 (own-strategy-1.0.jar)}, or what of that is known. */
  static String label(String name, String version, String file) {
    String known = version.isEmpty() ? name : name + " " + version;
    return "plug-in " + known + (known.equals(file) ? "" : " (" + file + ")");
  }

  @Override
  public RuntimeException failure(String part, Throwable cause) {
    return failure(this, part, Failures.reason(cause), cause);
  }

  /** A failure in a part of a plug-in; the message names both, and why, on one line. */
  static RuntimeException failure(
      Origin plugin, String part, String reason, @Nullable Throwable cause) {
    return new IllegalStateException("%s of %s: %s".formatted(part, plugin.label(), reason), cause);
  }

  /**
   * A plug-in that a result was computed with, as its provenance records it.
   *
   * @param name of the plug-in
   * @param version empty if it has none
   * @param jar the name of its file
   * @param sha256 of the jar, in hexadecimal; empty for a folder of classes
   * @param used what of it was used, such as {@code strategy own}
   */
  public record UsedPlugin(
      String name, String version, String jar, String sha256, List<String> used) {

    /** The key of used plug-ins in a run's provenance. */
    public static final String KEY = "plugins";

    UsedPlugin(PluginJar jar, Collection<String> used) {
      this(
          jar.name(),
          jar.version().orElse(""),
          jar.file(),
          jar.sha256().orElse(""),
          List.copyOf(used));
    }

    /** The plug-ins of a provenance; none if it names none. */
    public static List<UsedPlugin> of(JsonNode provenance) {
      List<UsedPlugin> plugins = new ArrayList<>();
      for (JsonNode node : provenance.path(KEY)) {
        List<String> used = new ArrayList<>();
        node.path("used").forEach(part -> used.add(Failures.line(part.asText())));
        plugins.add(
            new UsedPlugin(
                text(node, "name"),
                text(node, "version"),
                text(node, "jar"),
                text(node, "sha256"),
                used));
      }
      return plugins;
    }

    private static String text(JsonNode node, String key) {
      return Failures.line(node.path(key).asText());
    }

    /** Plug-ins as a sentence. */
    public static String sentence(List<UsedPlugin> plugins) {
      return plugins.stream()
          .map(
              plugin ->
                  "%s%s: %s"
                      .formatted(
                          PluginJar.label(plugin.name, plugin.version, plugin.jar),
                          plugin.sha256.isEmpty() ? "" : ", SHA-256 " + plugin.sha256,
                          String.join(", ", plugin.used)))
          .collect(Collectors.joining("; "));
    }

    /** What to do before the run can be resumed with this plug-in; empty if nothing. */
    public Optional<String> missing(Collection<PluginJar> loaded) {
      if (loaded.stream().anyMatch(this::isOf)) {
        return Optional.empty();
      }
      boolean other = loaded.stream().anyMatch(present -> present.name().equals(name));
      return Optional.of(
          "%s came from plug-in %s%s (%s%s), which is %s by %s"
              .formatted(
                  String.join(", ", used),
                  name,
                  version.isEmpty() ? "" : " " + version,
                  jar,
                  sha256.isEmpty() ? "" : ", SHA-256 " + sha256,
                  other ? "another jar now; name that jar's folder" : "missing; name its folder",
                  PluginJar.OPTION));
    }

    /** A folder of classes has no sum to tell it by. */
    private boolean isOf(PluginJar other) {
      return other.sha256().orElse("").equals(sha256)
          && (!sha256.isEmpty() || other.name().equals(name));
    }
  }
}
