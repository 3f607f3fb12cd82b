package com.example.project;

import dev.idem.tf.engine.SavedModelFunction;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Projects an image with an exported generator; arguments: MODEL IMAGE OUT.png. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      System.err.println("arguments: an exported generator, an image, a PNG file to write");
      System.exit(2);
    }
    BufferedImage image = ImageIO.read(new File(arguments[1]));
    ImageIO.write(project(Path.of(arguments[0]), image), "png", new File(arguments[2]));
  }

  /** f(x), where f is the signature {@code apply} of a TensorFlow SavedModel. */
  static BufferedImage project(Path model, BufferedImage image) throws IOException {
    try (SavedModelFunction f = SavedModelFunction.at(model).signature("apply").open()) {
      Pixels pixels = new Pixels(f.sampleShape());
      float[][] x = {pixels.of(image)};
      return pixels.image(f.apply(x)[0]);
    }
  }
}
