package dev.idem.bench;

import dev.idem.bench.Workload.Net;
import dev.idem.bench.Workload.Objective;
import dev.idem.eval.Quantiles.Quartiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Measures in a process of its own, as the number of threads of PyTorch belongs to a process:
 * prints a line for each number, which {@link #run} reads back.
 */
@Command(name = "worker", hidden = true)
final class Worker implements Callable<Integer> {

  /** What a worker measures. */
  enum Task {
    /** Largest differences between the engines; by {@code NET/OBJECTIVE/MEASURE}. */
    AGREE,
    /** The median step of idem in milliseconds; by objective. */
    IDEM,
    /** The median step of PyTorch in milliseconds; by objective. */
    TORCH,
    /** {@link Ceiling}; by its name. */
    CEILING
  }

  private static final String MARK = "idem-bench ";

  private static final double WARM_UP_SECONDS = 2;

  @Parameters(index = "0")
  private Task task = Task.AGREE;

  @Parameters(index = "1")
  private Net net = Net.MLP_64;

  @Parameters(index = "2")
  private int threads;

  @Parameters(index = "3")
  private double seconds;

  @Override
  public Integer call() {
    switch (task) {
      case AGREE -> {
        Peer idem = new IdemPeer(threads);
        Peer torch = new TorchPeer(threads);
        for (Objective objective : Objective.values()) {
          Agreement agreement = Agreement.of(Workload.of(net, objective), idem, torch);
          print(objective + "/loss", agreement.loss());
          print(objective + "/weights", agreement.weights());
          print(objective + "/moved", agreement.moved());
        }
      }
      case IDEM -> time(new IdemPeer(threads));
      case TORCH -> time(new TorchPeer(threads));
      case CEILING -> {
        print("tensorflow", Ceiling.tensorFlowProduct(threads));
        // Sets the number of threads.
        new TorchPeer(threads);
        print("pytorch", Ceiling.torchProduct());
        print("copy", Ceiling.copyBandwidth(threads));
      }
    }
    return 0;
  }

  private void time(Peer peer) {
    // Java compiles the loop, and either engine fills its caches.
    peer.time(Workload.of(net, Objective.SUBSTITUTED), WARM_UP_SECONDS);
    for (Objective objective : Objective.values()) {
      print(
          objective.name(), Quartiles.of(peer.time(Workload.of(net, objective), seconds)).median());
    }
  }

  private static void print(String name, double number) {
    System.out.println(MARK + name + " " + number);
  }

  /**
   * The numbers of a worker by name.
   *
   * @throws IOException if it fails, with what it printed
   */
  static Map<String, Double> run(Task task, Net net, int threads, double seconds)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bench.class.getName()));
    command.addAll(
        List.of("worker", task.name(), net.name(), "" + threads, Double.toString(seconds)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.putIfAbsent("TF_CPP_MIN_LOG_LEVEL", "3");
    environment.putIfAbsent("TF_DETERMINISTIC_OPS", "1");
    environment.putIfAbsent("TF_ENABLE_ONEDNN_OPTS", "1");
    environment.put("OMP_NUM_THREADS", "" + threads);
    // DJL reports its use to its makers unless told.
    environment.put("OPT_OUT_TRACKING", "true");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status;
    try {
      status = process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    Map<String, Double> numbers = new LinkedHashMap<>();
    output
        .lines()
        .filter(line -> line.startsWith(MARK))
        .map(line -> line.substring(MARK.length()).split(" "))
        .forEach(parts -> numbers.put(parts[0], Double.valueOf(parts[1])));
    if (status != 0 || numbers.isEmpty()) {
      throw new IOException(
          "measuring %s of %s with %s thread(s) failed (exit code %s):%n%s"
              .formatted(task, net, threads, status, output));
    }
    return numbers;
  }
}
