package dev.idem.cli.plugin;

import dev.idem.cli.catalogue.Origin;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.eval.distribution.Goal;
import dev.idem.eval.distribution.GroupMeasure;
import dev.idem.eval.distribution.HalfDraw;
import dev.idem.eval.distribution.SamplePair;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A plug-in's metric under the name that it is asked for by; what fails in it says whose it is. */
public final class PluginMetric implements DistributionMetric {

  private final String name;
  private final Origin origin;
  private final DistributionMetric metric;

  /** The metric under a name. */
  public PluginMetric(String name, Origin origin, DistributionMetric metric) {
    this.name = name;
    this.origin = origin;
    this.metric = metric;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Goal goal() {
    return told(metric::goal);
  }

  @Override
  public String bias() {
    return told(() -> metric.bias() + " (" + origin.label() + ")");
  }

  @Override
  public Optional<String> refusal(float[][] real, float[][] generated) {
    return told(() -> metric.refusal(real, generated));
  }

  @Override
  public double measure(float[][] real, float[][] generated) {
    return told(() -> metric.measure(real, generated));
  }

  @Override
  public GroupMeasure over(SamplePair pair) {
    GroupMeasure measure = told(() -> metric.over(pair));
    return (real, generated) -> told(() -> measure.measure(real, generated));
  }

  @Override
  public double[] onHalves(SamplePair pair, List<HalfDraw> draws) {
    return told(() -> metric.onHalves(pair, draws));
  }

  @Override
  public int floorDraws() {
    return told(metric::floorDraws);
  }

  @Override
  public boolean pairwise() {
    return told(metric::pairwise);
  }

  @Override
  public double least() {
    return told(metric::least);
  }

  @Override
  public double most() {
    return told(metric::most);
  }

  private <R> R told(Supplier<R> part) {
    try {
      return part.get();
    } catch (RuntimeException | LinkageError e) {
      throw new PluginException(
          origin, "metric '%s' (--without %s leaves it out)".formatted(name, name), e);
    }
  }
}
