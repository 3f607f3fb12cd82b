package dev.idem.cli.command;

import dev.idem.api.training.TrainingEngine;
import java.util.LinkedHashMap;
import java.util.Map;

/** With what, and where, a result was computed: for reports and models. */
final class Environment {

  private Environment() {}

  static Map<String, String> of(TrainingEngine engine) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("idem", VersionProvider.version());
    environment.put("engine", engine.description());
    environment.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    environment.put("system", System.getProperty("os.name") + ", " + System.getProperty("os.arch"));
    environment.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    return environment;
  }
}
