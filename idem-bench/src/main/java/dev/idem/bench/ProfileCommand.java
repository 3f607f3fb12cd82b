package dev.idem.bench;

import dev.idem.bench.Workload.Net;
import dev.idem.bench.Workload.Objective;
import dev.idem.tf.engine.StepProfile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what a step does, where its time goes, and what memory it takes. */
@Command(
    name = "profile",
    description = {
      "Show the operations of a training step, where its time goes, and its peak memory.",
      "From one traced step, which takes longer than others."
    })
final class ProfileCommand implements Callable<Integer> {

  @Option(
      names = "--net",
      split = ",",
      description = "Networks: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Net> nets = List.of(Net.values());

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Number of threads. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--top",
      defaultValue = "6",
      description = "Number of operation types listed. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Override
  public Integer call() {
    Bench.require(threads >= 1, "--threads", threads, "at least 1");
    Bench.require(top >= 1, "--top", top, "at least 1");
    IdemPeer idem = new IdemPeer(threads);
    for (Net net : nets) {
      StepProfile reconstruction = idem.profile(Workload.of(net, Objective.RECONSTRUCTION));
      StepProfile canonical = idem.profile(Workload.of(net, Objective.CANONICAL));
      StepProfile substituted = idem.profile(Workload.of(net, Objective.SUBSTITUTED));
      show(net, Objective.RECONSTRUCTION, reconstruction);
      show(net, Objective.CANONICAL, canonical);
      show(net, Objective.SUBSTITUTED, substituted);
      say(
          "%s: peak memory substituted / canonical %.3f",
          net.label(), (double) substituted.peakBytes() / canonical.peakBytes());
    }
    return 0;
  }

  private void show(Net net, Objective objective, StepProfile profile) {
    Map<String, Double> times = profile.microsecondsByType();
    double total = times.values().stream().mapToDouble(time -> time).sum();
    say(
        "%s, %s: %.3f GFLOP, peak %.1f MB, operations %.1f ms",
        net.label(),
        objective.label(),
        profile.flops() / 1e9,
        profile.peakBytes() / 1e6,
        total / 1e3);
    times.entrySet().stream()
        .limit(top)
        .forEach(
            type -> {
              long flops =
                  profile.operations().stream()
                      .filter(operation -> operation.type().equals(type.getKey()))
                      .mapToLong(StepProfile.Operation::flops)
                      .sum();
              say(
                  "  %-24s %5.1f %% %s",
                  type.getKey(),
                  100 * type.getValue() / total,
                  flops == 0
                      ? ""
                      : String.format(Locale.ROOT, "%8.1f GFLOP/s", flops / type.getValue() / 1e3));
            });
  }

  private static void say(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
