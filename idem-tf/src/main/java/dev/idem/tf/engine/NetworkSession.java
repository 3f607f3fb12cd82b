package dev.idem.tf.engine;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.tf.engine.NetworkGraph.FedVariable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/** A network in a session, as a function on arrays. Closes the graph that it was built in. */
class NetworkSession implements LiveNetwork {

  private final Graph graph;
  private final NetworkGraph network;
  private final Placeholder<TFloat32> anyBatch;
  private final Map<String, Operand<TFloat32>> outputs = new LinkedHashMap<>();
  private final Operand<TFloat32> outputAsInTraining;
  private final Session session;
  private final RunOptions runOptions;
  private boolean closed;

  /**
   * Adds the network's applications in inference to the graph of {@code tf}, and opens a session.
   */
  NetworkSession(Ops tf, NetworkGraph network, ConfigProto configuration) {
    this.graph = (Graph) tf.scope().env();
    this.network = network;
    anyBatch =
        tf.withName("input")
            .placeholder(
                TFloat32.class, Placeholder.shape(Rows.anyBatch(network.network().shape())));
    List<String> kinds = network.statistics().kinds();
    for (String kind : kinds.isEmpty() ? List.of(BatchNormalization.OUTPUTS) : kinds) {
      outputs.put(kind, tf.identity(network.infer(anyBatch, kind)));
    }
    outputAsInTraining =
        kinds.isEmpty()
            ? outputs.values().iterator().next()
            : tf.identity(network.applyAsInTraining(anyBatch));
    session = new Session(graph, configuration);
    runOptions = Sessions.runOptions(configuration);
  }

  /** Gives the network this state, and each variable of {@code also} its values. */
  void assign(NetworkState state, Map<FedVariable, double[]> also) {
    Map<FedVariable, double[]> assigned = network.assignments(state);
    assigned.putAll(also);
    List<TFloat32> fed = new ArrayList<>();
    try {
      Session.Runner runner = runner();
      assigned.forEach(
          (variable, values) -> {
            TFloat32 tensor = Rows.tensor(values, variable.variable().shape());
            fed.add(tensor);
            runner.feed(variable.fed(), tensor).addTarget(variable.assignment());
          });
      runner.run().close();
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /** The options of a run of {@link #runner}. */
  RunOptions runOptions() {
    return runOptions;
  }

  /** What a step runs on. */
  Session.Runner runner() {
    if (closed) {
      throw new IllegalStateException("the network is closed");
    }
    return session.runner().setOptions(runOptions);
  }

  @Override
  public final Shape shape() {
    return network.network().shape();
  }

  @Override
  public float[][] apply(float[][] x) {
    return applied(x, outputs.values().iterator().next());
  }

  @Override
  public float[][] apply(float[][] x, String kind) {
    Operand<TFloat32> output = outputs.get(kind);
    return output == null ? apply(x) : applied(x, output);
  }

  @Override
  public float[][] applyAsInTraining(float[][] x) {
    return applied(x, outputAsInTraining);
  }

  private float[][] applied(float[][] x, Operand<TFloat32> output) {
    try (TFloat32 input = Rows.tensor(x, shape());
        Result result = runner().feed(anyBatch, input).fetch(output).run()) {
      return Rows.rows((TFloat32) result.get(0), network.network().outputShape().size());
    }
  }

  @Override
  public double[] parameter(String name) {
    Operand<TFloat32> value =
        Require.known(network.values().get(name), "parameter", name, network.values().keySet());
    try (Result result = runner().fetch(value).run()) {
      return Rows.doubles((TFloat32) result.get(0));
    }
  }

  /** Reads values in one run of the session; fresh arrays, which no later step changes. */
  Function<Operand<TFloat32>, double[]> read(List<Operand<TFloat32>> values) {
    IdentityHashMap<Operand<TFloat32>, double[]> read = new IdentityHashMap<>();
    if (!values.isEmpty()) {
      Session.Runner runner = runner();
      values.forEach(value -> runner.fetch(value));
      try (Result result = runner.run()) {
        for (int i = 0; i < values.size(); i++) {
          read.put(values.get(i), Rows.doubles((TFloat32) result.get(i)));
        }
      }
    }
    return value -> Objects.requireNonNull(read.get(value), "one of the values");
  }

  /** The values that {@link #state(Function)} asks for. */
  List<Operand<TFloat32>> stateValues() {
    List<Operand<TFloat32>> values = new ArrayList<>(network.values().values());
    values.addAll(network.statistics().values());
    return values;
  }

  NetworkState state(Function<Operand<TFloat32>, double[]> read) {
    Map<String, double[]> parameters = new LinkedHashMap<>();
    network.values().forEach((name, value) -> parameters.put(name, read.apply(value)));
    return new NetworkState(parameters, network.statistics().values(read));
  }

  @Override
  public NetworkState state() {
    return state(read(stateValues()));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      session.close();
      graph.close();
    }
  }
}
