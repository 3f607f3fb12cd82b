package dev.idem.tf.engine;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.ForwardPass.Bound;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.network.ParameterSpec;
import dev.idem.tf.engine.NetworkGraph.FedVariable;
import dev.idem.tf.tape.GraphOps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.train.Save;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/** A network in inference as a graph of its own, on no device in particular. */
final class ExportGraph implements AutoCloseable {

  /**
   * What a network computes with in inference, as operands of one graph.
   *
   * @param parameters in the network's order
   * @param statistics of one kind of input: mean and variance of each place, in the network's order
   */
  record Values(
      Network network, List<Operand<TFloat32>> parameters, List<Operand<TFloat32>> statistics) {

    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      TensorFlowAlgebra ops = new TensorFlowAlgebra(tf);
      Map<String, Operand<TFloat32>> byName = new LinkedHashMap<>();
      for (ParameterSpec parameter : network.parameters()) {
        byName.put(parameter.name(), parameters.get(byName.size()));
      }
      List<String> places = network.statistics().stream().map(StatisticsSpec::name).toList();
      return new Bound<>(
              network,
              ops,
              byName,
              (place, a) -> {
                int mean = 2 * places.indexOf(place);
                return BatchNormalization.by(
                    statistics.get(mean), statistics.get(mean + 1), a, ops);
              })
          .apply(x);
    }
  }

  private final Graph graph = new Graph();
  private final Ops tf = GraphOps.of(Ops.create(graph));
  private final Network network;
  private final Map<FedVariable, double[]> variables = new LinkedHashMap<>();
  private final List<Signature> signatures;

  /**
   * The graph of {@code state}.
   *
   * @param kind of input that the first application is for; empty for a network without statistics
   */
  ExportGraph(Network network, NetworkState state, Optional<String> kind) {
    this.network = network;
    try {
      List<Operand<TFloat32>> parameters = new ArrayList<>();
      for (ParameterSpec parameter : network.parameters()) {
        String name = parameter.name();
        parameters.add(stored(name, parameter.shape(), state.parameter(name)));
      }
      Values first = new Values(network, parameters, statistics(state, kind, "input"));
      List<Operand<TFloat32>> further =
          statistics(state, kind.map(of -> BatchNormalization.OUTPUTS), "output");
      Placeholder<TFloat32> x = input("apply.x");
      Signature apply =
          Signature.builder(SavedModelExport.APPLY)
              .methodName(SavedModelExport.METHOD)
              .input(SavedModelExport.X, x)
              .output(SavedModelExport.Y, named("apply.y", first.apply(tf, x)))
              .build();
      Placeholder<TFloat32> start = input("iterate.x");
      Placeholder<TInt32> k =
          tf.withName("iterate.k")
              .placeholder(TInt32.class, Placeholder.shape(org.tensorflow.ndarray.Shape.scalar()));
      Signature iterate =
          Signature.builder(SavedModelExport.ITERATE)
              .methodName(SavedModelExport.METHOD)
              .input(SavedModelExport.X, start)
              .input(SavedModelExport.K, k)
              .output(
                  SavedModelExport.Y,
                  named("iterate.y", IterationLoop.of(tf, start, k, first, further)))
              .build();
      signatures = List.of(apply, iterate);
      addSaver();
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private List<Operand<TFloat32>> statistics(
      NetworkState state, Optional<String> kind, String role) {
    List<Operand<TFloat32>> statistics = new ArrayList<>();
    for (StatisticsSpec place : network.statistics()) {
      ChannelStatistics of = state.statistics(kind.orElseThrow(), place.name());
      String name = place.name() + "." + role;
      Shape channels = Shape.of(place.channels());
      statistics.add(stored(name + ".mean", channels, of.means()));
      statistics.add(stored(name + ".variance", channels, of.variances()));
    }
    return statistics;
  }

  private Operand<TFloat32> stored(String name, Shape shape, double[] value) {
    FedVariable variable = FedVariable.of(tf, name, shape.toLongArray());
    variables.put(variable, value);
    return variable.value();
  }

  private Operand<TFloat32> named(String name, Operand<TFloat32> value) {
    return tf.withName(name).identity(value);
  }

  private Placeholder<TFloat32> input(String name) {
    return tf.withName(name)
        .placeholder(TFloat32.class, Placeholder.shape(Rows.anyBatch(network.shape())));
  }

  /**
   * What a session saves variables by. TensorFlow adds the same where there is none, but numbers it
   * in the default locale.
   */
  private void addSaver() {
    if (variables.isEmpty()) {
      return;
    }
    Ops saver = tf.withSubScope("save");
    Placeholder<TString> file = saver.withName("filename").placeholder(TString.class);
    List<Variable<TFloat32>> saved =
        variables.keySet().stream().map(FedVariable::variable).toList();
    Constant<TString> names =
        saver.constant(
            StdArrays.ndCopyOf(saved.stream().map(v -> v.op().name()).toArray(String[]::new)));
    Operand<TString> whole = saver.zerosLike(names);
    Save save = saver.train.save(file, names, whole, List.copyOf(saved));
    List<Class<? extends TType>> types = Collections.nCopies(saved.size(), TFloat32.class);
    Iterator<Output<?>> restored =
        saver.train.restore(file, names, whole, types).tensors().iterator();
    List<Op> assigned = new ArrayList<>();
    saved.forEach(v -> assigned.add(saver.assign(v, restored.next().expect(TFloat32.class))));
    saver.withControlDependencies(save, file).withName("control_dependency").identity(file);
    saver.withControlDependencies(assigned).withName("restore_all").noOp();
  }

  /** Gives the variables their values, one after the other. */
  void assign(Session session) {
    variables.forEach(
        (variable, value) -> {
          try (TFloat32 tensor = Rows.tensor(value, variable.variable().shape())) {
            session
                .runner()
                .feed(variable.fed(), tensor)
                .addTarget(variable.assignment())
                .run()
                .close();
          }
        });
  }

  Graph graph() {
    return graph;
  }

  List<Signature> signatures() {
    return signatures;
  }

  @Override
  public void close() {
    graph.close();
  }
}
