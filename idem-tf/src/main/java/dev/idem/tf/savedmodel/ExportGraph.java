package dev.idem.tf.savedmodel;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.ChannelStatistics;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.StatisticsSpec;
import dev.idem.tf.algebra.TensorFlowAlgebra;
import dev.idem.tf.device.GraphOps;
import dev.idem.tf.savedmodel.NetworkValues.Inference;
import dev.idem.tf.savedmodel.NetworkValues.Moments;
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

  /** How a variable is given its value. */
  private record Assignment(Placeholder<TFloat32> fed, Op op) {}

  private final Graph graph = new Graph();
  private final Ops tf = GraphOps.of(Ops.create(graph));
  private final Network network;
  private final NetworkState state;
  private final Map<Assignment, double[]> assignments = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> variables = new LinkedHashMap<>();
  private final Signature apply;
  private final Signature iterate;

  /**
   * The graph of {@code state}.
   *
   * @param kind of input that the first application is for; empty for a network without statistics
   */
  ExportGraph(Network network, NetworkState state, Optional<String> kind) {
    this.network = network;
    this.state = state;
    try {
      NetworkValues first = new NetworkValues(parameters(), moments(kind, "input"));
      Map<String, Moments> further = moments(kind.map(of -> BatchNormalization.OUTPUTS), "output");
      Placeholder<TFloat32> x = input("apply.x");
      apply =
          Signature.builder(SavedModelExport.APPLY)
              .methodName(SavedModelExport.METHOD)
              .input(SavedModelExport.X, x)
              .output(SavedModelExport.Y, named("apply.y", applied(x, first)))
              .build();
      Placeholder<TFloat32> start = input("iterate.x");
      Placeholder<TInt32> k =
          tf.withName("iterate.k")
              .placeholder(TInt32.class, Placeholder.shape(org.tensorflow.ndarray.Shape.scalar()));
      iterate =
          Signature.builder(SavedModelExport.ITERATE)
              .methodName(SavedModelExport.METHOD)
              .input(SavedModelExport.X, start)
              .input(SavedModelExport.K, k)
              .output(
                  SavedModelExport.Y,
                  named("iterate.y", new IterationLoop(network).of(tf, start, k, first, further)))
              .build();
      addSaver();
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private Map<String, Operand<TFloat32>> parameters() {
    Map<String, Operand<TFloat32>> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : network.parameters()) {
      parameters.put(
          parameter.name(),
          stored(parameter.name(), parameter.shape(), state.parameter(parameter.name())));
    }
    return parameters;
  }

  private Map<String, Moments> moments(Optional<String> kind, String role) {
    Map<String, Moments> moments = new LinkedHashMap<>();
    for (StatisticsSpec place : network.statistics()) {
      ChannelStatistics of = state.statistics(kind.orElseThrow(), place.name());
      String name = place.name() + "." + role;
      Shape channels = Shape.of(place.channels());
      moments.put(
          place.name(),
          new Moments(
              stored(name + ".mean", channels, array(of.mean())),
              stored(name + ".variance", channels, array(of.variance()))));
    }
    return moments;
  }

  private Operand<TFloat32> stored(String name, Shape shape, double[] value) {
    org.tensorflow.ndarray.Shape dimensions = org.tensorflow.ndarray.Shape.of(shape.toLongArray());
    Variable<TFloat32> variable = tf.withName(name).variable(dimensions, TFloat32.class);
    variables.put(name, variable);
    Placeholder<TFloat32> fed =
        tf.withName(name + ".initial").placeholder(TFloat32.class, Placeholder.shape(dimensions));
    assignments.put(
        new Assignment(fed, tf.withName(name + ".assign").assign(variable, fed)), value);
    return named(name + ".read", variable);
  }

  private Operand<TFloat32> named(String name, Operand<TFloat32> value) {
    return tf.withName(name).identity(value);
  }

  private Placeholder<TFloat32> input(String name) {
    long[] anyBatch = network.shape().batched(1).toLongArray();
    anyBatch[0] = org.tensorflow.ndarray.Shape.UNKNOWN_SIZE;
    return tf.withName(name)
        .placeholder(TFloat32.class, Placeholder.shape(org.tensorflow.ndarray.Shape.of(anyBatch)));
  }

  private Operand<TFloat32> applied(Operand<TFloat32> x, NetworkValues values) {
    TensorFlowAlgebra ops = new TensorFlowAlgebra(tf);
    Operand<TFloat32> y = network.apply(x, new Inference(ops, values));
    Shape shape = ops.sampleShape(y);
    Require.argument(
        shape.equals(network.shape()),
        "network (%s) maps samples of shape %s to %s; an idempotent map keeps the shape",
        network.description(),
        network.shape(),
        shape);
    return y;
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
    Constant<TString> names =
        saver.constant(StdArrays.ndCopyOf(variables.keySet().toArray(String[]::new)));
    Operand<TString> whole = saver.zerosLike(names);
    Save save = saver.train.save(file, names, whole, List.copyOf(variables.values()));
    List<Class<? extends TType>> types = Collections.nCopies(variables.size(), TFloat32.class);
    Iterator<Output<?>> restored =
        saver.train.restore(file, names, whole, types).tensors().iterator();
    List<Op> assigned = new ArrayList<>();
    variables
        .values()
        .forEach(v -> assigned.add(saver.assign(v, restored.next().expect(TFloat32.class))));
    saver.withControlDependencies(save, file).withName("control_dependency").identity(file);
    saver.withControlDependencies(assigned).withName("restore_all").noOp();
  }

  /** Gives the variables their values, one after the other. */
  void assign(Session session) {
    assignments.forEach(
        (assignment, value) -> {
          try (TFloat32 tensor = Batches.tensor(assignment.fed().shape(), value)) {
            session
                .runner()
                .feed(assignment.fed(), tensor)
                .addTarget(assignment.op())
                .run()
                .close();
          }
        });
  }

  Graph graph() {
    return graph;
  }

  List<Signature> signatures() {
    return List.of(apply, iterate);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public void close() {
    graph.close();
  }
}
