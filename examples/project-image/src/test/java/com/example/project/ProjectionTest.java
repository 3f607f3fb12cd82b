package com.example.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.tf.engine.SavedModelExport;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectionTest {

  /** x K with K a projection: the left half stays, the right half becomes 0, a middle grey. */
  private record LeftHalf() implements Network {
    @Override
    public Shape shape() {
      return Shape.of(2, 4, 1);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(new ParameterSpec("K", Shape.of(8, 8), 8, 8, Initializer.ZEROS));
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      T rows = pass.ops().reshape(x, Shape.of(8));
      return pass.ops().reshape(pass.ops().matMul(rows, pass.parameter("K")), shape());
    }

    @Override
    public String description() {
      return "left half";
    }
  }

  @TempDir Path folder;

  @Test
  void imageIsProjectedOnceAndForAll() throws IOException {
    double[] k = new double[64];
    for (int i = 0; i < 8; i++) {
      k[9 * i] = i % 4 < 2 ? 1 : 0;
    }
    Path model = folder.resolve("model");
    SavedModelExport.write(new LeftHalf(), new NetworkState(Map.of("K", k), Map.of()), model);

    BufferedImage once = Main.project(model, white());
    assertThat(grey(once, 0)).isEqualTo(255);
    assertThat(grey(once, 3)).isBetween(127, 128);
    BufferedImage twice = Main.project(model, once);
    assertThat(grey(twice, 0)).isEqualTo(grey(once, 0));
    assertThat(grey(twice, 3)).isCloseTo(grey(once, 3), within(1));
  }

  private static int grey(BufferedImage image, int x) {
    return image.getRaster().getSample(x, 1, 0);
  }

  private static BufferedImage white() {
    BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, 40, 20);
    canvas.dispose();
    return image;
  }
}
