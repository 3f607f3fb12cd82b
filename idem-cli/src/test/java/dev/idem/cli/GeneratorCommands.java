package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.models.data.LabeledImages;
import dev.idem.models.data.Mnist;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Images to train generators on, and command lines that succeed or are refused. */
public final class GeneratorCommands {

  private GeneratorCommands() {}

  /** A new folder with 24 coloured pictures of several sizes and a file that is none. */
  static void faces(Path faces) throws IOException {
    Files.createDirectory(faces);
    for (int i = 0; i < 24; i++) {
      picture(faces.resolve(i + (i % 2 == 0 ? ".png" : ".JPG")), 20 + i, 30, i);
    }
    Files.writeString(faces.resolve("broken.png"), "text");
  }

  static void picture(Path file, int width, int height, int seed) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(40 * seed % 256, 70 * seed % 256, 200));
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.ORANGE);
    graphics.fillOval(seed % 7, 5, width / 2, height / 2);
    graphics.dispose();
    String format = file.toString().endsWith(".png") ? "png" : "jpg";
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
  }

  /**
   * A folder in MNIST's form with 200 of its digits to train on and 32 held out, of which
   * covariances and measurements take no time; answers the option's value.
   */
  public static String fewDigits(Path folder) throws IOException {
    Files.createDirectories(folder);
    part(folder, "train", Mnist.embedded().trainingImages(), 200);
    part(folder, "t10k", Mnist.embedded().heldOutImages(), 32);
    return "mnist:" + folder;
  }

  private static void part(Path folder, String name, LabeledImages images, int count)
      throws IOException {
    int size = images.shape().size();
    ByteBuffer pixels = ByteBuffer.allocate(16 + count * size);
    pixels.putInt(0x803).putInt(count).putInt(28).putInt(28);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    labels.putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      for (float pixel : images.image(i)) {
        pixels.put((byte) Math.round((pixel + 1) * 127.5f));
      }
      labels.put((byte) images.label(i));
    }
    Files.write(folder.resolve(name + "-images-idx3-ubyte"), pixels.array());
    Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
  }

  static Console done(String... arguments) {
    Console console = Console.run(arguments);
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.err()).isEmpty();
    return console;
  }

  static Console refused(int exitCode, String... arguments) {
    Console console = Console.run(arguments);
    assertThat(console.exitCode()).as(console.err() + console.out()).isEqualTo(exitCode);
    assertThat(console.err().lines().count()).as(console.err()).isBetween(1L, 2L);
    assertThat(console.err()).startsWith("idem: ").doesNotContain("\tat ", "Exception", "null");
    return console;
  }

  /** The image that a command draws, in {@code folder}. */
  static byte[] drawn(Path folder, String... arguments) throws IOException {
    Path out = folder.resolve("drawn.png");
    Files.deleteIfExists(out);
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--out", out.toString()))
            .toArray(String[]::new);
    Console console = done(all);
    assertThat(console.out()).contains(out.toString());
    assertThat(ImageIO.read(out.toFile())).isNotNull();
    return Files.readAllBytes(out);
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  static String[] with(String[] command, String... more) {
    return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new);
  }
}
