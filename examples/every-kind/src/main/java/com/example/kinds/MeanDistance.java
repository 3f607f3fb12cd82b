package com.example.kinds;

import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.eval.linear.Rows;

/** The Euclidean distance between the mean of the real samples and that of the generated ones. */
public record MeanDistance() implements DistributionMetric {
  @Override
  public String name() {
    return "mean distance";
  }

  @Override
  public Goal goal() {
    return Goal.LOWER;
  }

  @Override
  public String bias() {
    return "finite samples raise it; distributions of one mean are the same to it";
  }

  @Override
  public double least() {
    return 0;
  }

  @Override
  public double measure(float[][] real, float[][] generated) {
    DistributionMetric.requireSamples(real, generated);
    double[] there = Rows.mean(real);
    double[] here = Rows.mean(generated);
    double sum = 0;
    for (int i = 0; i < here.length; i++) {
      sum += (here[i] - there[i]) * (here[i] - there[i]);
    }
    return Math.sqrt(sum);
  }
}
