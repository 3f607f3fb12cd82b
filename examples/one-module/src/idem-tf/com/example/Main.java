package com.example;

import dev.idem.tf.device.Device;
import dev.idem.tf.device.SessionOptions;
import dev.idem.tf.engine.TensorFlowEngine;

/** idem-tf alone: the engine, with its native library. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    SessionOptions options = new SessionOptions(new Device.Cpu(), 1);
    System.out.println("idem-tf: " + new TensorFlowEngine(options).description());
  }
}
