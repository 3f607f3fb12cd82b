package dev.idem.runs.experiment;

import dev.idem.api.training.Device;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.Precision;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.catalogue.Suggestions;
import dev.idem.runs.listener.ContributedListener;
import dev.idem.runs.listener.ListenerFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Seeds, the section {@code run} and the section {@code engine}. */
final class RunReader {

  private final Catalogue<ListenerFactory> listeners;
  private final Values values;
  private final Resolver resolver;
  private final Problems problems;

  RunReader(
      Catalogue<ListenerFactory> listeners, Values values, Resolver resolver, Problems problems) {
    this.listeners = listeners;
    this.values = values;
    this.resolver = resolver;
    this.problems = problems;
  }

  List<Long> seeds() {
    List<Long> seeds = values.integers(RunKeys.SEEDS);
    if (values.has(RunKeys.SEEDS) && seeds.isEmpty()) {
      problems.add(resolver.blame(RunKeys.SEEDS), "seeds ([]) must hold at least one");
    }
    if (new HashSet<>(seeds).size() < seeds.size()) {
      problems.add(
          resolver.blame(RunKeys.SEEDS),
          "seeds (%s) must differ from each other".formatted(Problems.shown(seeds.toString())));
    }
    return seeds;
  }

  Optional<RunOptions> options() {
    Optional<Optional<Path>> out = problems.attempt(resolver.blame(RunKeys.OUT), this::out);
    return out.isEmpty()
        ? Optional.empty()
        : problems.attempt(resolver.blame(), () -> options(out.get()));
  }

  private Optional<Path> out() {
    Optional<String> out = values.text(RunKeys.OUT);
    try {
      return out.map(Path::of);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s ('%s') names no folder: %s".formatted(RunKeys.OUT, out.orElse(""), e.getReason()), e);
    }
  }

  private RunOptions options(Optional<Path> out) {
    Optional<EarlyStopping> stopping =
        values
            .text(RunKeys.STOPPING_METRIC)
            .map(label -> Labels.constant(Metric.class, label))
            .map(metric -> new EarlyStopping(metric, values.integerOf(RunKeys.PATIENCE)));
    Set<Metric> metrics = EnumSet.noneOf(Metric.class);
    values
        .texts(RunKeys.METRICS)
        .forEach(label -> metrics.add(Labels.constant(Metric.class, label)));
    stopping.ifPresent(stop -> metrics.add(stop.metric()));
    Optional<Metric> best =
        values.text(RunKeys.BEST).map(label -> Labels.constant(Metric.class, label));
    best.ifPresent(metrics::add);
    return new RunOptions(
        out,
        values.integerOf(RunKeys.CHECKPOINT_STEPS),
        Duration.ofSeconds(values.integerOf(RunKeys.CHECKPOINT_SECONDS)),
        Math.toIntExact(values.integerOf(RunKeys.CHECKPOINTS_KEPT)),
        best,
        values.number(RunKeys.AVERAGE_DECAY),
        values.integer(RunKeys.AVERAGE_EVERY).orElse(1),
        stopping,
        values.texts(RunKeys.LISTENERS).stream()
            .flatMap(label -> ListenerKind.labelled(label).stream())
            .collect(Collectors.toSet()),
        values.texts(RunKeys.LISTENERS).stream()
            .filter(label -> ListenerKind.labelled(label).isEmpty())
            .distinct()
            .map(label -> ContributedListener.of(listeners, label))
            .toList(),
        metrics,
        values.flag(RunKeys.STOP_ON_COLLAPSE));
  }

  Optional<EngineOptions> engine() {
    return problems.attempt(
        resolver.blame(RunKeys.DEVICE),
        () ->
            new EngineOptions(
                device(values.textOf(RunKeys.DEVICE)),
                Math.toIntExact(values.integerOf(RunKeys.THREADS)),
                Precision.parse(values.textOf(RunKeys.PRECISION)),
                values.flag(RunKeys.XLA)));
  }

  private static Device device(String text) {
    try {
      return Device.parse(text);
    } catch (IllegalArgumentException e) {
      String hint = Suggestions.hint(text, List.of("auto", "cpu", "gpu:0"));
      throw new IllegalArgumentException(RunKeys.DEVICE + ": " + e.getMessage() + hint, e);
    }
  }
}
