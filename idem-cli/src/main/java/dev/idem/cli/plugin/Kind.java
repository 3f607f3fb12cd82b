package dev.idem.cli.plugin;

import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.util.Types;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.figures.Figure;
import dev.idem.runs.experiment.ListenerFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a plug-in can contribute: the values of a Guice {@code MapBinder<String, V>}.
 *
 * @param label what one is called
 * @param type V
 * @param check makes each when it is loaded, and asks it for everything that listings ask it; does
 *     nothing for those that may read files, which are made when they are used
 * @param <V> what it is
 */
public record Kind<V>(String label, Class<V> type, Consumer<Supplier<V>> check) {

  /** Strategies. */
  public static final Kind<IdempotencyStrategy> STRATEGY =
      listed(
          "strategy", IdempotencyStrategy.class, strategy -> given("formula", strategy.formula()));

  /** Networks of maps. */
  public static final Kind<Network> NETWORK =
      listed(
          "network",
          Network.class,
          network -> {
            given("shape", network.shape());
            given("description", network.description());
          });

  /** Data sources of maps. */
  public static final Kind<DataSource> DATA =
      new Kind<>("data source", DataSource.class, made -> {});

  /** Metrics of distributions. */
  public static final Kind<DistributionMetric> METRIC =
      listed(
          "metric",
          DistributionMetric.class,
          metric -> {
            given("goal", metric.goal());
            given("bias", metric.bias());
          });

  /** Figures. */
  public static final Kind<Figure> FIGURE =
      listed(
          "figure",
          Figure.class,
          figure -> {
            given("title", figure.title());
            given("paperShows", figure.paperShows());
            given("ourSetting", figure.ourSetting());
            given("claims", figure.claims());
            given("inDefaultSet", figure.inDefaultSet());
            given("set", figure.set());
            given("quickTime", figure.quickTime());
          });

  /** Listeners of runs. */
  public static final Kind<ListenerFactory> LISTENER =
      new Kind<>("listener", ListenerFactory.class, made -> {});

  /** All of them. */
  public static List<Kind<?>> all() {
    return List.of(STRATEGY, NETWORK, DATA, METRIC, FIGURE, LISTENER);
  }

  private static <V> Kind<V> listed(String label, Class<V> type, Consumer<V> check) {
    return new Kind<>(label, type, made -> check.accept(made.get()));
  }

  private static void given(String what, Object value) {
    Objects.requireNonNull(value, () -> what + " is null");
  }

  /** What a plug-in's injector has of this kind. */
  @SuppressWarnings("unchecked") // the key has that type
  Map<String, Provider<V>> in(Injector injector) {
    Key<?> key = Key.get(Types.mapOf(String.class, Types.providerOf(type)));
    return injector.getExistingBinding(key) == null
        ? Map.of()
        : (Map<String, Provider<V>>) injector.getInstance(key);
  }

  @Override
  public String toString() {
    return label;
  }
}
