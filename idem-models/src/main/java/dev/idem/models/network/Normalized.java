package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.StatisticsSpec;
import java.util.Arrays;
import java.util.List;

/**
 * activation(scale * normalised + shift), with a scale and a shift for each channel, from one and
 * zero.
 *
 * @param name of the layer before, prefix of the parameters' names
 */
record Normalized(String name, int channels, Normalization normalization, Activation activation)
    implements Layer {

  private static final Initializer ONES =
      (parameter, random) -> {
        double[] ones = new double[parameter.shape().size()];
        Arrays.fill(ones, 1);
        return ones;
      };

  @Override
  public List<ParameterSpec> parameters() {
    Shape shape = Shape.of(channels);
    return List.of(
        new ParameterSpec(scaleName(), shape, 1, 1, ONES),
        new ParameterSpec(shiftName(), shape, 1, 1, Initializer.ZEROS));
  }

  @Override
  public List<StatisticsSpec> statistics() {
    return normalization.statistics(place(), channels);
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    T normalized = normalization.apply(place(), x, pass);
    T scaled = pass.ops().scaleChannels(normalized, pass.parameter(scaleName()));
    T shifted = pass.ops().addBias(scaled, pass.parameter(shiftName()));
    return activation == Activation.IDENTITY ? shifted : pass.ops().activate(shifted, activation);
  }

  private String place() {
    return name + ".normalization";
  }

  private String scaleName() {
    return place() + ".scale";
  }

  private String shiftName() {
    return place() + ".shift";
  }
}
