package dev.idem.tf.savedmodel;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.ForwardPass;
import dev.idem.tf.algebra.TensorFlowAlgebra;
import dev.idem.tf.savedmodel.NetworkValues.Moments;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A forward pass with given values, including running statistics. */
record Inference(TensorFlowAlgebra algebra, NetworkValues values)
    implements ForwardPass<Operand<TFloat32>> {

  @Override
  public NetworkAlgebra<Operand<TFloat32>> ops() {
    return algebra;
  }

  @Override
  public Operand<TFloat32> parameter(String name) {
    return Require.known(
        values.parameters().get(name), "parameter", name, values.parameters().keySet());
  }

  @Override
  public Operand<TFloat32> normalizeBatch(String name, Operand<TFloat32> a) {
    Moments moments =
        Require.known(
            values.statistics().get(name), "statistics", name, values.statistics().keySet());
    return BatchNormalization.by(moments.mean(), moments.variance(), a, algebra);
  }
}
