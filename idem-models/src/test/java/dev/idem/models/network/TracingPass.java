package dev.idem.models.network;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import java.util.LinkedHashSet;
import java.util.Set;

/** Applies a network to a traced input and notes which of its parameters it read. */
final class TracingPass implements ForwardPass<Traced> {

  private final Network network;
  private final Set<String> read = new LinkedHashSet<>();
  private final Set<String> normalized = new LinkedHashSet<>();

  private TracingPass(Network network) {
    this.network = network;
  }

  /**
   * f(x), after checking that it has the shape declared and that f reads each declared parameter.
   */
  static Traced apply(Network network) {
    TracingPass pass = new TracingPass(network);
    Traced y = network.apply(new Traced("x", network.shape()), pass);
    Set<String> declared = new LinkedHashSet<>();
    network.parameters().forEach(parameter -> declared.add(parameter.name()));
    if (!pass.read.equals(declared)) {
      throw new AssertionError("declared " + declared + " but read " + pass.read);
    }
    Set<String> places = new LinkedHashSet<>();
    network.statistics().forEach(place -> places.add(place.name()));
    if (!pass.normalized.equals(places)) {
      throw new AssertionError("declared " + places + " but normalised " + pass.normalized);
    }
    if (!y.shape().equals(network.outputShape())) {
      throw new AssertionError("maps " + network.shape() + " to " + y.shape());
    }
    return y;
  }

  @Override
  public NetworkAlgebra<Traced> ops() {
    return new TracingAlgebra();
  }

  @Override
  public Traced normalizeBatch(String name, Traced a) {
    normalized.add(name);
    return new Traced("batch(" + a.expression() + ", " + name + ")", a.shape());
  }

  @Override
  public Traced parameter(String name) {
    read.add(name);
    ParameterSpec spec =
        network.parameters().stream()
            .filter(parameter -> parameter.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no parameter " + name));
    return new Traced(name, spec.shape());
  }
}
