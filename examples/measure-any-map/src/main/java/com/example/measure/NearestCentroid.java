package com.example.measure;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.MutableDataset;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.kmeans.KMeansModel;
import org.tribuo.clustering.kmeans.KMeansTrainer;
import org.tribuo.clustering.kmeans.KMeansTrainer.Initialisation;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.DistanceType;
import org.tribuo.math.la.DenseVector;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A Tribuo clustering as a map: each row goes to the centroid of its cluster. */
final class NearestCentroid implements UnaryOperator<float[][]> {

  /** Referenced, so that its level is kept: Tribuo logs each iteration at INFO. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  private final KMeansModel model;
  private final DenseVector[] centroids;

  private NearestCentroid(KMeansModel model) {
    this.model = model;
    this.centroids = model.getCentroidVectors();
  }

  static NearestCentroid fit(float[][] rows, int centroids, long seed) {
    TRIBUO.setLevel(Level.WARNING);
    ClusteringFactory factory = new ClusteringFactory();
    MutableDataset<ClusterID> dataset =
        new MutableDataset<>(new SimpleDataSourceProvenance("rows", factory), factory);
    for (float[] row : rows) {
      dataset.add(example(row));
    }
    KMeansTrainer trainer =
        new KMeansTrainer(
            centroids, 20, DistanceType.L2.getDistance(), Initialisation.PLUSPLUS, 1, seed);
    return new NearestCentroid(trainer.train(dataset));
  }

  @Override
  public float[][] apply(float[][] rows) {
    return Arrays.stream(rows).map(this::nearest).toArray(float[][]::new);
  }

  private float[] nearest(float[] row) {
    DenseVector centroid = centroids[model.predict(example(row)).getOutput().getID()];
    float[] y = new float[row.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) centroid.get(i);
    }
    return y;
  }

  private static ArrayExample<ClusterID> example(float[] row) {
    String[] names = new String[row.length];
    double[] values = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      names[i] = "x%03d".formatted(i);
      values[i] = row[i];
    }
    return new ArrayExample<>(ClusteringFactory.UNASSIGNED_CLUSTER_ID, names, values);
  }
}
