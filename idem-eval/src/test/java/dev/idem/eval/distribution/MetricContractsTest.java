package dev.idem.eval.distribution;

import dev.idem.api.random.RandomStreams;
import dev.idem.eval.contract.MetricContractTest;
import dev.idem.eval.distribution.NeighbourMetric.Kind;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;

/** The metrics of this module keep their contract. */
class MetricContractsTest {

  /** Certain probabilities of four classes, of which the first {@code seen} are drawn. */
  private static float[][] oneHot(long seed, int size, int seen) {
    RandomGenerator random = RandomStreams.stream(seed, "classes", 0);
    float[][] rows = new float[size][4];
    for (float[] row : rows) {
      row[random.nextInt(seen)] = 1;
    }
    return rows;
  }

  @Nested
  class Frechet extends MetricContractTest {
    @Override
    protected DistributionMetric metric() {
      return new FrechetDistance();
    }

    @Override
    protected boolean symmetric() {
      return true;
    }
  }

  @Nested
  class Kernel extends MetricContractTest {
    @Override
    protected DistributionMetric metric() {
      return new KernelDistance();
    }

    @Override
    protected boolean symmetric() {
      return true;
    }
  }

  @Nested
  class PrecisionOfSupport extends MetricContractTest {
    @Override
    protected DistributionMetric metric() {
      return new NeighbourMetric(Kind.PRECISION, 3);
    }
  }

  @Nested
  class RecallOfSupport extends MetricContractTest {
    @Override
    protected DistributionMetric metric() {
      return new NeighbourMetric(Kind.RECALL, 3);
    }
  }

  @Nested
  class DensityInSupport extends MetricContractTest {
    @Override
    protected DistributionMetric metric() {
      return new NeighbourMetric(Kind.DENSITY, 3);
    }
  }

  @Nested
  class CoverageOfReal extends MetricContractTest {
    @Override
    protected DistributionMetric metric() {
      return new NeighbourMetric(Kind.COVERAGE, 3);
    }
  }

  @Nested
  class LogisticTwoSample extends MetricContractTest {
    @Override
    protected DistributionMetric metric() {
      return TwoSampleTest.of(TwoSampleTest.Classifier.LOGISTIC_REGRESSION, 1);
    }

    @Override
    protected boolean dependsOnOrder() {
      return true;
    }
  }

  @Nested
  class TreesTwoSample extends MetricContractTest {
    @Override
    protected DistributionMetric metric() {
      return TwoSampleTest.of(TwoSampleTest.Classifier.RANDOM_FOREST, 1);
    }

    @Override
    protected boolean dependsOnOrder() {
      return true;
    }
  }

  @Nested
  class MemorisedShare extends MetricContractTest {
    @Override
    protected DistributionMetric metric() {
      return new Memorisation(real(77, 100), 0.1);
    }

    @Override
    protected float[][] different(long seed, int size) {
      return Arrays.copyOfRange(real(77, 100), 0, size);
    }
  }

  @Nested
  class CoverageOfClasses extends MetricContractTest {
    @Override
    protected DistributionMetric metric() {
      return ClassMetrics.Coverage.defaults();
    }

    @Override
    protected float[][] real(long seed, int size) {
      return oneHot(seed, size, 4);
    }

    @Override
    protected float[][] different(long seed, int size) {
      return oneHot(seed, size, 1);
    }
  }

  @Nested
  class EntropyOfClasses extends MetricContractTest {
    @Override
    protected DistributionMetric metric() {
      return new ClassMetrics.Entropy();
    }

    @Override
    protected float[][] real(long seed, int size) {
      return oneHot(seed, size, 4);
    }

    @Override
    protected float[][] different(long seed, int size) {
      return oneHot(seed, size, 1);
    }
  }
}
