package dev.idem.cli.plugin;

import dev.idem.api.check.ForeignCode;
import dev.idem.cli.environment.Failures;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.runs.catalogue.Catalogue.Origin;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A plug-in's metric under the name that it is asked for by; what fails in it, or is no finite
 * number, says whose it is.
 */
public record PluginMetric(String name, Origin origin, DistributionMetric metric)
    implements DistributionMetric {

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
    return finite(told(() -> metric.measure(real, generated)));
  }

  @Override
  public DistributionMetric unwrapped() {
    return told(metric::unwrapped);
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

  private double finite(double value) {
    if (!Double.isFinite(value)) {
      String reason = "gave " + value + "; if there is no value, let refusal() give the reason";
      throw PluginJar.failure(origin, part(), reason, null);
    }
    return value;
  }

  private <R> R told(Supplier<R> asked) {
    return ForeignCode.call(
        asked::get, thrown -> PluginJar.failure(origin, part(), Failures.reason(thrown), thrown));
  }

  private String part() {
    return "metric '%s' (--without %s leaves it out)".formatted(name, name);
  }
}
