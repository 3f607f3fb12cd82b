package dev.idem.api.training;

import dev.idem.api.network.NetworkState;

/** A network that an engine holds open. Closing twice does nothing. */
public interface LiveNetwork extends NetworkView, AutoCloseable {

  /** The current parameters and running statistics. */
  NetworkState state();

  @Override
  void close();
}
