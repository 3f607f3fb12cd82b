package dev.idem.api.data;

/** A data source with finitely many samples to train on, each of which can be asked for. */
public interface FiniteDataSource extends DataSource {

  /** The number of samples to train on. */
  int trainingSize();

  /**
   * A sample to train on, row-major; a fresh array.
   *
   * @throws IndexOutOfBoundsException if {@code index} is not in [0, trainingSize())
   */
  float[] trainingSample(int index);
}
