package dev.idem.cli.command;

import dev.idem.api.check.Suggestions;
import dev.idem.cli.command.Subcommand.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the runs of a command are computed. */
final class RunnerOptions {

  private static final String LOCAL = "local";

  @Option(
      names = "--runner",
      paramLabel = "NAME",
      defaultValue = LOCAL,
      description =
          "Runner: local, or spark for a cluster (module idem-spark). Default: ${DEFAULT-VALUE}.")
  private String runner = LOCAL;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Master of the runner spark: local[N], spark://HOST:PORT, yarn, ...")
  private @Nullable String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description =
          "Setting of the runner spark; may be repeated. Secrets belong in Spark's or Hadoop's own"
              + " files, not here.")
  private Map<String, String> configuration = new LinkedHashMap<>();

  /** Whether runs are computed in this process. Refuses options that are for clusters then. */
  boolean local() {
    if (runner.equals(LOCAL)) {
      refuse("--master", master);
      refuse("--conf", configuration.isEmpty() ? null : configuration.keySet().iterator().next());
    }
    return runner.equals(LOCAL);
  }

  /** Refuses the value of an option that is for clusters. */
  static void refuse(String option, @Nullable String value) {
    if (value != null) {
      throw Subcommand.usage(
          "%s (%s) is for --runner spark; without it everything runs on this machine",
          option, value);
    }
  }

  Optional<String> master() {
    return Optional.ofNullable(master);
  }

  Map<String, String> configuration() {
    return configuration;
  }

  String name() {
    return runner;
  }

  /** The service that has the runner's name. */
  <S> S service(Class<S> type, Function<S, String> name) {
    Map<String, S> found =
        ServiceLoader.load(type).stream()
            .map(ServiceLoader.Provider::get)
            .collect(Collectors.toMap(name, each -> each, (a, b) -> a, LinkedHashMap::new));
    S service = found.get(runner);
    if (service == null) {
      List<String> known = Stream.concat(Stream.of(LOCAL), found.keySet().stream()).toList();
      throw new UsageException(
          runner.equals("spark")
              ? "runner 'spark' is not on the class path; start it from a clone with ./idem, or"
                  + " submit the assembled jar of idem-spark"
              : Suggestions.unknown("runner", runner, known));
    }
    return service;
  }
}
