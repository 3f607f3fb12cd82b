package dev.idem.tf.tape;

import dev.idem.api.check.Require;
import java.util.Set;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/** Element types that have a gradient, and references to tensors of them. */
final class FloatingPoint {

  /** A reference type's number is that of its value plus this. */
  private static final int REFERENCE = 100;

  private static final Set<DataType> TYPES =
      Set.of(DataType.DT_HALF, DataType.DT_BFLOAT16, DataType.DT_FLOAT, DataType.DT_DOUBLE);

  private FloatingPoint() {}

  /** Whether {@code tensor} is a reference: the output of a variable, or of an assignment to it. */
  static boolean isReference(Output<?> tensor) {
    return tensor.dataType().getNumber() > REFERENCE;
  }

  /** The type of the elements, whether {@code tensor} is a reference or a value. */
  static DataType valueOf(Output<?> tensor) {
    DataType type = tensor.dataType();
    if (type.getNumber() <= REFERENCE) {
      return type;
    }
    DataType value = DataType.forNumber(type.getNumber() - REFERENCE);
    return value == null ? type : value;
  }

  /** Requires a floating-point tensor. */
  static void require(String role, Output<?> tensor) {
    Require.argument(
        TYPES.contains(valueOf(tensor)), "%s (%s) must be of a floating-point type", role, tensor);
  }
}
