package com.example.kinds;

import dev.idem.eval.contract.MetricContractTest;
import dev.idem.eval.distribution.DistributionMetric;

class MeanDistanceTest extends MetricContractTest {
  @Override
  protected DistributionMetric metric() {
    return new MeanDistance();
  }

  @Override
  protected boolean symmetric() {
    return true;
  }
}
