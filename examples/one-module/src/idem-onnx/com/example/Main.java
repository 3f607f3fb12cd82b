package com.example;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.onnx.OnnxExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** idem-onnx alone: a projection of the plane as an ONNX file. */
public final class Main {

  private Main() {}

  /** f(x) = x P. */
  private record Projection() implements Network {

    @Override
    public Shape shape() {
      return Shape.of(2);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(new ParameterSpec("P", Shape.of(2, 2), 2, 2, Projection::onFirstAxis));
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return pass.ops().matMul(x, pass.parameter("P"));
    }

    @Override
    public String description() {
      return "projection of the plane";
    }

    private static double[] onFirstAxis(ParameterSpec parameter, RandomGenerator random) {
      return new double[] {1, 0, 0, 0};
    }
  }

  public static void main(String[] arguments) throws IOException {
    Network network = new Projection();
    Path file = Path.of("target", "projection.onnx");
    NetworkState state = new NetworkState(Map.of("P", new double[] {1, 0, 0, 0}), Map.of());
    OnnxExport.write(network, state, file);
    System.out.println("idem-onnx: " + file + ", " + Files.size(file) + " bytes");
  }
}
