package dev.idem.eval.linear;

import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;

/** Rows between single precision, double precision and Tribuo's vectors. */
public final class DenseVectors {

  private DenseVectors() {}

  /** One vector a row. */
  public static SGDVector[] of(float[][] rows) {
    SGDVector[] vectors = new SGDVector[rows.length];
    for (int i = 0; i < rows.length; i++) {
      vectors[i] = DenseVector.createDenseVector(widened(rows[i]));
    }
    return vectors;
  }

  /** One row in double precision. */
  public static double[] widened(float[] row) {
    double[] wide = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      wide[j] = row[j];
    }
    return wide;
  }

  /** Each number rounded to single precision. */
  public static float[] narrowed(double[] wide) {
    float[] narrow = new float[wide.length];
    for (int j = 0; j < wide.length; j++) {
      narrow[j] = (float) wide[j];
    }
    return narrow;
  }
}
