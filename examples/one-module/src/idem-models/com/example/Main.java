package com.example;

import dev.idem.models.network.Mlp;

/** idem-models alone: a network's definition. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.out.println("idem-models: " + Mlp.of(16, 64, 16).parameterCount() + " parameters");
  }
}
