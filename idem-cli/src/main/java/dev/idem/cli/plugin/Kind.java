package dev.idem.cli.plugin;

import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.util.Types;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.eval.figure.Figure;
import dev.idem.runs.listener.ListenerFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a plug-in can contribute: the values of a Guice {@code MapBinder<String, V>}.
 *
 * @param label what one is called
 * @param type V
 * @param eager whether each is made when it is loaded; one that may read files is made when it is
 *     used
 * @param check asks one for everything that listings ask it
 * @param <V> what it is
 */
public record Kind<V>(String label, Class<V> type, boolean eager, Consumer<V> check) {

  /** Strategies. */
  public static final Kind<IdempotencyStrategy> STRATEGY =
      new Kind<>(
          "strategy",
          IdempotencyStrategy.class,
          true,
          strategy -> given("formula", strategy.formula()));

  /** Networks of maps. */
  public static final Kind<Network> NETWORK =
      new Kind<>(
          "network",
          Network.class,
          true,
          network -> {
            given("shape", network.shape());
            given("description", network.description());
          });

  /** Data sources of maps. */
  public static final Kind<DataSource> DATA =
      new Kind<>("data source", DataSource.class, false, source -> given("shape", source.shape()));

  /** Metrics of distributions. */
  public static final Kind<DistributionMetric> METRIC =
      new Kind<>(
          "metric",
          DistributionMetric.class,
          true,
          metric -> {
            given("goal", metric.goal());
            given("bias", metric.bias());
          });

  /** Figures. */
  public static final Kind<Figure> FIGURE =
      new Kind<>(
          "figure",
          Figure.class,
          true,
          figure -> {
            given("title", figure.title());
            given("paperShows", figure.paperShows());
            given("ourSetting", figure.ourSetting());
            given("claims", figure.claims());
          });

  /** Listeners of runs. */
  public static final Kind<ListenerFactory> LISTENER =
      new Kind<>("listener", ListenerFactory.class, false, factory -> {});

  /** All of them. */
  public static List<Kind<?>> all() {
    return List.of(STRATEGY, NETWORK, DATA, METRIC, FIGURE, LISTENER);
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
