package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import java.util.List;

/**
 * A convolutional autoencoder made idempotent by construction, with as many parameters: its halves
 * {@linkplain Idempotent#coupled(Split, Network, Network) coupled} along as many cosines of the
 * image as its code has numbers, their last layers from zero, so that it starts as the projection
 * onto those cosines. Immutable.
 */
public final class ExactAutoencoder implements Network {

  private final ConvAutoencoder whole;
  private final Network coupled;

  /**
   * The exact twin.
   *
   * @param whole without batch normalisation; the activation of its output is left out
   */
  public ExactAutoencoder(ConvAutoencoder whole) {
    this.whole = whole;
    ConvAutoencoder linear =
        whole.withActivations(whole.encoder(), whole.decoder(), Activation.IDENTITY);
    Network encoder = linear.encoderHalf();
    this.coupled =
        Idempotent.coupled(
            Split.cosines(whole.shape(), encoder.outputShape().size()),
            Networks.fromZero(encoder),
            Networks.fromZero(linear.decoderHalf()));
  }

  /** The autoencoder that it is the twin of. */
  public ConvAutoencoder whole() {
    return whole;
  }

  @Override
  public Shape shape() {
    return whole.shape();
  }

  @Override
  public List<ParameterSpec> parameters() {
    return coupled.parameters();
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    return coupled.apply(x, pass);
  }

  /** Such as {@code exact (conv autoencoder [28, 28, 1] 16-32, code 24, ...)}. */
  @Override
  public String description() {
    return "exact (" + whole.description() + ")";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExactAutoencoder that && whole.equals(that.whole);
  }

  @Override
  public int hashCode() {
    return whole.hashCode();
  }

  @Override
  public String toString() {
    return description();
  }
}
