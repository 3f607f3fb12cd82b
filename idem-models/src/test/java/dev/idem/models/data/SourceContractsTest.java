package dev.idem.models.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.contract.DataSourceContractTest;
import dev.idem.api.data.DataSource;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.DistributionSource.LowRankGaussian;
import dev.idem.models.data.DistributionSource.Uniform;
import org.junit.jupiter.api.Nested;

/** The data sources of this module keep their contract. */
class SourceContractsTest {

  private static final ImageDataSource DIGITS = Mnist.embedded();

  @Nested
  class Normal extends DataSourceContractTest {
    @Override
    protected DataSource source() {
      return new Gaussian(Shape.of(2, 3));
    }
  }

  @Nested
  class Even extends DataSourceContractTest {
    @Override
    protected DataSource source() {
      return new Uniform(3, -1, 1);
    }
  }

  @Nested
  class LowRank extends DataSourceContractTest {
    @Override
    protected DataSource source() {
      return new LowRankGaussian(5, 2, 1);
    }
  }

  @Nested
  class Digits extends DataSourceContractTest {
    @Override
    protected DataSource source() {
      return DIGITS;
    }
  }

  @Nested
  class Reconstruction extends DataSourceContractTest {
    @Override
    protected DataSource source() {
      return SupervisedSource.reconstruction(new Gaussian(3));
    }
  }

  @Nested
  class Denoising extends DataSourceContractTest {
    @Override
    protected DataSource source() {
      return SupervisedSource.denoising(new Gaussian(3), 0.5);
    }
  }

  @Nested
  class Projection extends DataSourceContractTest {
    @Override
    protected DataSource source() {
      return SupervisedSource.projection(new Gaussian(5), new LowRankGaussian(5, 2, 1));
    }
  }

  @Nested
  class Classified extends DataSourceContractTest {
    @Override
    protected DataSource source() {
      return DIGITS.classified(10);
    }
  }
}
