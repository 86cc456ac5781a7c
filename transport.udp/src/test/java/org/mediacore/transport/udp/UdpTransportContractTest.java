package org.mediacore.transport.udp;

import org.mediacore.api.transport.TransportFactory;
import org.mediacore.tck.TransportFactoryContract;

class UdpTransportContractTest extends TransportFactoryContract {
  @Override
  protected TransportFactory factory() {
    return new UdpTransportFactory();
  }
}
