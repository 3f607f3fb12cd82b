package dev.idem.eval.distribution;

import com.oracle.labs.mlrg.olcut.util.Pair;
import dev.idem.eval.Quantiles;
import dev.idem.eval.linear.Rows;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.tribuo.math.distance.DistanceType;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;
import org.tribuo.math.neighbour.NeighboursQuery;
import org.tribuo.math.neighbour.bruteforce.NeighboursBruteForceFactory;

/**
 * How far each sample is from the nearest of real ones: whether each by itself looks like something
 * real, which means and covariances cannot tell.
 *
 * <p>Read it beside that of held-out real samples to the same real ones, and beside {@link
 * Diversity}: copies of one real sample are at distance 0.
 *
 * @param index of the nearest real sample, [m]
 * @param distance to it, [m], Euclidean
 */
@SuppressWarnings("ArrayRecordComponent") // a value to draw and count from, never compared
public record NearestReal(int[] index, double[] distance) {

  /** The median distance over the samples. */
  public double medianDistance() {
    return Quantiles.median(distance);
  }

  /**
   * Finds them by Tribuo's exhaustive search; samples are shared among the processors, and the
   * result does not depend on how.
   *
   * @param samples [m][n], at least one, finite
   * @param real [r][n], at least one, finite
   */
  public static NearestReal of(float[][] samples, float[][] real) {
    Rows.requireSameWidth("samples", samples, "real samples", real);
    SGDVector[] queries = vectors(samples);
    // One thread inside: Tribuo makes a pool for each call.
    NeighboursQuery search =
        new NeighboursBruteForceFactory(DistanceType.L2.getDistance(), 1)
            .createNeighboursQuery(vectors(real));
    int[] index = new int[samples.length];
    double[] distance = new double[samples.length];
    IntStream.range(0, samples.length)
        .parallel()
        .forEach(
            i -> {
              Pair<Integer, Double> nearest = search.query(queries[i], 1).get(0);
              index[i] = nearest.getA();
              distance[i] = nearest.getB();
            });
    return new NearestReal(index, distance);
  }

  private static SGDVector[] vectors(float[][] rows) {
    return Arrays.stream(rows)
        .map(row -> DenseVector.createDenseVector(Rows.widened(row)))
        .toArray(SGDVector[]::new);
  }
}
