package com.example.kinds;

import dev.idem.api.contract.DataSourceContractTest;
import dev.idem.api.data.DataSource;

class UniformSourceTest extends DataSourceContractTest {
  @Override
  protected DataSource source() {
    return new UniformSource(4);
  }
}
