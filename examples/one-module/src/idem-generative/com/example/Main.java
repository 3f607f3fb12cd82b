package com.example;

import dev.idem.api.algebra.Shape;
import dev.idem.api.random.RandomStreams;
import dev.idem.generative.noise.NoiseSource.WhiteNoise;

/** idem-generative alone: noise to generate from. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    WhiteNoise noise = new WhiteNoise(Shape.of(28, 28, 1));
    float[][] z = noise.draw(RandomStreams.stream(1, "z", 0), 4);
    System.out.println("idem-generative: " + z.length + " of " + noise.description());
  }
}
