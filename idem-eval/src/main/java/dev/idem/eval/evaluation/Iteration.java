package dev.idem.eval.evaluation;

import dev.idem.eval.linear.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The repeated application of a map to one kind of input. A network with running statistics for
 * each kind applies another function first than later.
 */
@FunctionalInterface
public interface Iteration {

  /**
   * x, f(x), ..., f^k(x).
   *
   * @param x [m][n]; an evaluation gives a copy
   * @param k positive
   * @return k + 1 arrays [m][n], the first x itself; numbers may be anything
   */
  List<float[][]> of(float[][] x, int k);

  /**
   * One function, over and over. It gets copies, and its results are copied: it may work in place
   * or hand out the same array each time.
   */
  static Iteration of(UnaryOperator<float[][]> f) {
    return (x, k) -> {
      List<float[][]> iterates = new ArrayList<>();
      iterates.add(x);
      for (int i = 0; i < k; i++) {
        iterates.add(Rows.onCopies(f, iterates.get(i)));
      }
      return iterates;
    };
  }
}
