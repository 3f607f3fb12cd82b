package dev.idem.cli.plugin;

import dev.idem.runs.catalogue.Catalogue.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
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

  private static final String COORDINATES = "META-INF/maven/.+/pom\\.properties";

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
          Optional.of(digest(path)));
    }
  }

  private static Optional<String> first(@Nullable String one, @Nullable String other) {
    return Optional.ofNullable(one)
        .or(() -> Optional.ofNullable(other))
        .map(FailureText::line)
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

  private static String digest(Path path) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(path), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The name of the file. */
  public String file() {
    return fileName(path);
  }

  static String fileName(Path path) {
    return FailureText.line(String.valueOf(path.getFileName()));
  }

  /** {@code plug-in own-strategy 1.0 (own-strategy-1.0.jar)}, or what of that is known. */
  @Override
  public String label() {
    String known = name + version.map(text -> " " + text).orElse("");
    return "plug-in " + known + (known.equals(file()) ? "" : " (" + file() + ")");
  }

  @Override
  public RuntimeException failure(String part, Throwable cause) {
    return new PluginException(this, part, cause);
  }
}
