package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;

/** The divisor of a sum of squares over a batch of m samples of width n. */
public enum Scale {
  /** 1 / (m n): independent of batch size and width. The default. */
  BATCH_AND_WIDTH_MEAN {
    @Override
    public double factor(int batch, int width) {
      return 1.0 / ((double) batch * width);
    }
  },
  /**
   * 1 / m: for a linear map on whitened inputs a gradient step of size 1 is the iterator itself.
   */
  BATCH_MEAN {
    @Override
    public double factor(int batch, int width) {
      return 1.0 / batch;
    }
  },
  /** 1 / n, summed over the batch: as in Jensen and Vicary's slides. */
  WIDTH_MEAN {
    @Override
    public double factor(int batch, int width) {
      return 1.0 / width;
    }
  };

  /** The number a sum over {@code batch} samples of {@code width} numbers each is multiplied by. */
  public abstract double factor(int batch, int width);

  /** The factor for the batch size and width of {@code a}. */
  <T> double factor(T a, TensorAlgebra<T> ops) {
    return factor(ops.batchSize(a), ops.sampleShape(a).size());
  }
}
