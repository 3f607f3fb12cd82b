package dev.idem.models;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.Network;
import dev.idem.models.data.Gaussian;
import dev.idem.models.data.Mnist;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.LinearMap;
import dev.idem.models.network.Mlp;

/**
 * Binds the ready-made networks and data sources by name; without Guice build them directly.
 *
 * <p>Each network starts as PyTorch starts it, kernels and biases uniform within 1/sqrt(fan-in).
 * With {@link #ZERO_BIAS} after its name its biases start from zero; with {@link #UNIT_GAIN}, it
 * starts so that outputs keep the inputs' power: He's normal draw, or N(0, 1/n) for a linear map,
 * and biases of zero.
 */
public final class ModelsModule extends AbstractModule {

  /**
   * Ends the name of a network whose kernels start as PyTorch's and whose biases start from zero.
   */
  public static final String ZERO_BIAS = "-zero-bias";

  /** Ends the name of a network that starts with unit gain. */
  public static final String UNIT_GAIN = "-unit-gain";

  @Override
  protected void configure() {
    MapBinder<String, Network> networks =
        MapBinder.newMapBinder(binder(), String.class, Network.class);
    Initializer fanIn = Initializers.uniformFanIn();
    Initializer he = Initializers.heNormal();
    Initializer zeros = Initializers.zeros();
    Initializer lecun = Initializers.lecunNormal();
    networks.addBinding("linear-16").toInstance(new LinearMap(16, fanIn));
    networks.addBinding("linear-16" + UNIT_GAIN).toInstance(new LinearMap(16, lecun));
    networks.addBinding("linear-64").toInstance(new LinearMap(64, fanIn));
    networks.addBinding("linear-64" + UNIT_GAIN).toInstance(new LinearMap(64, lecun));
    networks.addBinding("mlp").toInstance(mlp(fanIn, fanIn, 16, 64, 64, 16));
    networks.addBinding("mlp" + ZERO_BIAS).toInstance(mlp(fanIn, zeros, 16, 64, 64, 16));
    networks.addBinding("mlp" + UNIT_GAIN).toInstance(mlp(he, zeros, 16, 64, 64, 16));
    int[] deep = {16, 64, 64, 64, 64, 64, 64, 16};
    networks.addBinding("deep-mlp").toInstance(mlp(fanIn, fanIn, deep));
    networks.addBinding("deep-mlp" + ZERO_BIAS).toInstance(mlp(fanIn, zeros, deep));
    networks.addBinding("deep-mlp" + UNIT_GAIN).toInstance(mlp(he, zeros, deep));
    networks.addBinding("cnn").toInstance(cnn(fanIn, fanIn));
    networks.addBinding("cnn" + ZERO_BIAS).toInstance(cnn(fanIn, zeros));
    networks.addBinding("cnn" + UNIT_GAIN).toInstance(cnn(he, zeros));

    MapBinder<String, DataSource> data =
        MapBinder.newMapBinder(binder(), String.class, DataSource.class);
    data.addBinding("normal-16").toInstance(new Gaussian(16));
    data.addBinding("normal-64").toInstance(new Gaussian(64));
    data.addBinding("mnist").toProvider(Mnist::embedded).in(Singleton.class);
  }

  private static Network mlp(Initializer kernels, Initializer biases, int... widths) {
    return Mlp.builder(widths).kernelInitializer(kernels).biasInitializer(biases).build();
  }

  private static Network cnn(Initializer kernels, Initializer biases) {
    return ConvAutoencoder.builder(Shape.of(28, 28, 1))
        .conv(16, 4, 2, 1)
        .conv(32, 4, 2, 1)
        .code(24)
        .kernelInitializer(kernels)
        .biasInitializer(biases)
        .build();
  }
}
