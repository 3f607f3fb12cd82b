package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.Rows;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.tribuo.MutableDataset;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.kmeans.KMeansTrainer;
import org.tribuo.clustering.kmeans.KMeansTrainer.Initialisation;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.DistanceType;
import org.tribuo.math.la.DenseVector;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Each row to the nearest of k centroids, [m][n] to [m][n], by Tribuo's k-means with k-means++
 * starts (Arthur and Vassilvitskii, 2007). Exactly idempotent: a centroid is the nearest to itself.
 */
public final class KMeansQuantiser implements UnaryOperator<float[][]> {

  private final float[][] centroids;

  private KMeansQuantiser(float[][] centroids) {
    this.centroids = centroids;
  }

  /**
   * Fits centroids to rows, on one thread.
   *
   * @param rows [m][n], at least one, finite, all of one width
   * @param centroids k, from 1 to m
   * @param iterations positive
   * @throws IllegalArgumentException if the arguments are not such, or fewer than k rows differ
   */
  public static KMeansQuantiser fit(float[][] rows, int centroids, int iterations, long seed) {
    Rows.requireSamples(rows);
    Require.positive("iterations", iterations);
    long distinct = Arrays.stream(rows).map(FloatBuffer::wrap).distinct().count();
    Require.argument(
        centroids >= 1 && centroids <= distinct,
        "centroids (%s) must be from 1 to %s, the number of different samples",
        centroids,
        distinct);
    Tribuo.quieten();
    KMeansTrainer trainer =
        new KMeansTrainer(
            centroids, iterations, DistanceType.L2.getDistance(), Initialisation.PLUSPLUS, 1, seed);
    DenseVector[] fitted = trainer.train(dataset(rows)).getCentroidVectors();
    float[][] values =
        Arrays.stream(fitted).map(v -> Rows.narrowed(v.toArray())).toArray(float[][]::new);
    return new KMeansQuantiser(Rows.require("centroids", values));
  }

  private static MutableDataset<ClusterID> dataset(float[][] rows) {
    ClusteringFactory factory = new ClusteringFactory();
    MutableDataset<ClusterID> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("samples", factory), factory);
    String[] names = Tribuo.names(rows[0].length);
    for (float[] row : rows) {
      data.add(
          new ArrayExample<>(ClusteringFactory.UNASSIGNED_CLUSTER_ID, names, Rows.widened(row)));
    }
    return data;
  }

  @Override
  public float[][] apply(float[][] rows) {
    int[] nearest = NearestReal.of(rows, centroids).index();
    return Arrays.stream(nearest).mapToObj(k -> centroids[k].clone()).toArray(float[][]::new);
  }

  /** The centroids, [k][n]. */
  public float[][] centroids() {
    return Arrays.stream(centroids).map(float[]::clone).toArray(float[][]::new);
  }
}
