package dev.idem.eval.alone;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Functions on rows in plain Java. All but the last two are idempotent in exact arithmetic. */
enum PlainFunctions implements UnaryOperator<float[][]> {
  SORTING {
    @Override
    float[] row(float[] x) {
      float[] sorted = x.clone();
      Arrays.sort(sorted);
      return sorted;
    }
  },
  ROUNDING {
    @Override
    float[] row(float[] x) {
      return each(x, Math::rint);
    }
  },
  CLAMPING {
    @Override
    float[] row(float[] x) {
      return each(x, value -> Math.max(-1, Math.min(1, value)));
    }
  },
  /** Onto the span of (1, 1, 0, ...), (0, 0, 1, 1, 0, ...), ...: pairs take their mean. */
  PROJECTION {
    @Override
    float[] row(float[] x) {
      float[] y = x.clone();
      for (int i = 0; i + 1 < x.length; i += 2) {
        y[i] = (x[i] + x[i + 1]) / 2;
        y[i + 1] = y[i];
      }
      return y;
    }
  },
  HALVING {
    @Override
    float[] row(float[] x) {
      return each(x, value -> value / 2);
    }
  },
  REVERSING {
    @Override
    float[] row(float[] x) {
      float[] y = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        y[i] = x[x.length - 1 - i];
      }
      return y;
    }
  };

  abstract float[] row(float[] x);

  @Override
  public float[][] apply(float[][] rows) {
    return Arrays.stream(rows).map(this::row).toArray(float[][]::new);
  }

  private static float[] each(float[] x, DoubleUnaryOperator f) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) f.applyAsDouble(x[i]);
    }
    return y;
  }
}
