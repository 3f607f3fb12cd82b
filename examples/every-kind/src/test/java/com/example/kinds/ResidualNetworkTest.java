package com.example.kinds;

import dev.idem.api.contract.NetworkContractTest;
import dev.idem.api.network.Network;

class ResidualNetworkTest extends NetworkContractTest {
  @Override
  protected Network network() {
    return new ResidualNetwork(4);
  }
}
