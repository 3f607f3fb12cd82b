package com.example;

import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.EngineOptions;
import dev.idem.tf.engine.TensorFlowEngine;

/** idem-tf alone: the engine, with its native library. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    EngineOptions options = new EngineOptions(new Device.Cpu(), 1);
    System.out.println("idem-tf: " + new TensorFlowEngine(options).description());
  }
}
