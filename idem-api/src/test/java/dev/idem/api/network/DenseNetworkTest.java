package dev.idem.api.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.contract.NetworkContractTest;

class DenseNetworkTest extends NetworkContractTest {

  @Override
  protected Network network() {
    return new DenseNetwork(Activation.TANH, 4, 6, 4);
  }
}
