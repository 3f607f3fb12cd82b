package com.example;

import dev.idem.eval.metrics.IdempotencyMetrics;

/** idem-eval alone: measures a function. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    float[][] samples = {{1, 2}, {3, 4}, {5, 7}};
    double error = IdempotencyMetrics.defaults().measure(x -> x, samples).error();
    System.out.println("idem-eval: error " + error);
  }
}
