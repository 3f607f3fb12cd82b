package com.example;

import dev.idem.runs.CsvListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** idem-runs alone: a listener for the steps of any engine. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Files.createTempDirectory("run").resolve("steps.csv");
    try (CsvListener csv = new CsvListener(file)) {
      System.out.println("idem-runs: " + csv.name());
    }
  }
}
