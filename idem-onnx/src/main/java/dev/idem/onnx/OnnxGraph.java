package dev.idem.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An ONNX graph under construction, from {@code x} to {@code y}. Equal constants are one
 * initializer and equal nodes one node, as every node is a function of its inputs.
 */
final class OnnxGraph {

  /** The versions of the format and of its operators: both of 2022. */
  private static final int IR_VERSION = 8;

  private static final int OPERATOR_SET = 17;

  static final String X = "x";
  static final String Y = "y";

  /** The length that protobuf, the format of ONNX files, allows, in bytes. */
  private static final long LONGEST = Integer.MAX_VALUE;

  /** Left for all but the initializers: nodes, names, shapes. */
  private static final long MARGIN = 1 << 24;

  private final GraphProto.Builder graph;
  private final Set<String> names = new HashSet<>(Set.of(X, Y));
  private final Map<TensorProto, String> constants = new HashMap<>();
  private final Map<NodeProto, String> nodes = new HashMap<>();
  private long bytes;

  OnnxGraph(String description) {
    graph = GraphProto.newBuilder().setName("idem").setDocString(description);
  }

  /**
   * Checks that an ONNX file can hold so many numbers in single precision.
   *
   * @throws IllegalArgumentException if it cannot
   */
  static void requireRoom(long numbers) {
    Require.argument(
        numbers * Float.BYTES <= LONGEST - MARGIN,
        "network has %s numbers, %s bytes in single precision; an ONNX file holds less than 2 GB",
        numbers,
        numbers * Float.BYTES);
  }

  /** The input x [batch, ...sample]. */
  OnnxValue input(Shape sample) {
    OnnxValue x = OnnxValue.of(X, OnnxValue.BATCH, sample);
    graph.addInput(described(X, x));
    return x;
  }

  /** Makes a value the output y. */
  void output(OnnxValue value) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Identity")
            .setName(Y)
            .addInput(value.name())
            .addOutput(Y));
    graph.addOutput(described(Y, value));
  }

  private static ValueInfoProto described(String name, OnnxValue value) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int dimension : value.dimensions()) {
      if (dimension == OnnxValue.BATCH) {
        shape.addDimBuilder().setDimParam("batch");
      } else {
        shape.addDimBuilder().setDimValue(dimension);
      }
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  /** An initializer with a name of its own, or that name and a number if it is taken. */
  OnnxValue stored(String name, Shape shape, double[] values) {
    String unique = name;
    for (int i = 2; !names.add(unique); i++) {
      unique = name + "_" + i;
    }
    for (double value : values) {
      Require.argument(
          Float.isFinite((float) value), "%s (%s) is too large for single precision", name, value);
    }
    add(floats(shape, values), unique);
    return new OnnxValue(unique, shape.dimensions(), false);
  }

  /** A constant. */
  OnnxValue constant(Shape shape, double... values) {
    return new OnnxValue(constant("constant", floats(shape, values)), shape.dimensions(), false);
  }

  /** Whole numbers, such as axes; the name of the initializer that holds them. */
  String integers(long... values) {
    ByteBuffer buffer = littleEndian(values.length * Long.BYTES);
    for (long value : values) {
      buffer.putLong(value);
    }
    return constant(
        "integers",
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length)
            .setRawData(ByteString.copyFrom(buffer.flip()))
            .build());
  }

  private String constant(String kind, TensorProto tensor) {
    return constants.computeIfAbsent(
        tensor,
        added -> {
          String name = fresh(kind, constants.size());
          add(added, name);
          return name;
        });
  }

  private void add(TensorProto tensor, String name) {
    bytes += tensor.getRawData().size();
    requireRoom(bytes / Float.BYTES);
    graph.addInitializer(tensor.toBuilder().setName(name));
  }

  private static TensorProto floats(Shape shape, double[] values) {
    ByteBuffer buffer = littleEndian(values.length * Float.BYTES);
    for (double value : values) {
      buffer.putFloat((float) value);
    }
    return TensorProto.newBuilder()
        .setDataType(TensorProto.DataType.FLOAT_VALUE)
        .addAllDims(Arrays.stream(shape.toLongArray()).boxed().toList())
        .setRawData(ByteString.copyFrom(buffer.flip()))
        .build();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The output of a node; the name of that value. */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    NodeProto node =
        NodeProto.newBuilder()
            .setOpType(operator)
            .addAllInput(inputs)
            .addAllAttribute(List.of(attributes))
            .build();
    return nodes.computeIfAbsent(
        node,
        added -> {
          String name = fresh(operator, nodes.size());
          graph.addNode(added.toBuilder().setName(name).addOutput(name));
          return name;
        });
  }

  /** A name that no parameter has: they are stored before anything is computed. */
  private String fresh(String kind, int number) {
    String name = kind + "." + number;
    while (!names.add(name)) {
      name += "_";
    }
    return name;
  }

  static AttributeProto attribute(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  static AttributeProto attribute(String name, int value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto attribute(String name, int... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(Arrays.stream(values).asLongStream().boxed().toList())
        .build();
  }

  /** The graph as the content of an ONNX file. */
  ModelProto model() {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("idem")
            .setDocString(graph.getDocString())
            .setGraph(graph);
    model.addOpsetImportBuilder().setVersion(OPERATOR_SET);
    return model.build();
  }
}
