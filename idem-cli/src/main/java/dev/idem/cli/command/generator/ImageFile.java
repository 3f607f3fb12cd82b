package dev.idem.cli.command.generator;

import dev.idem.figures.OutputFolder;
import dev.idem.generative.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The PNG file that a command writes. */
final class ImageFile {

  private final OutputFolder folder;
  private final String name;

  private ImageFile(OutputFolder folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /**
   * Checks that the file can be written, before there is anything to write.
   *
   * @throws ParameterException if it cannot
   */
  static ImageFile open(CommandSpec spec, Path path) {
    Path fileName = path.getFileName();
    if (fileName == null || !fileName.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new ParameterException(
          spec.commandLine(), "--out (%s) must be a file whose name ends in .png".formatted(path));
    }
    Path parent = path.toAbsolutePath().getParent();
    try {
      return new ImageFile(
          OutputFolder.open(parent == null ? Path.of(".") : parent), fileName.toString());
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  void write(CommandSpec spec, Picture picture) throws IOException {
    boolean there = Files.exists(folder.path().resolve(name));
    Path written = folder.write(name, picture.png());
    spec.commandLine()
        .getOut()
        .printf("%s%s%n", written, there ? ", replacing the existing file" : "");
    spec.commandLine().getOut().flush();
  }
}
