package org.mediacore.transport.udp;

import org.mediacore.tck.TransportBundleContract;

/** The bundle in a container: it can be replaced under running calls. */
class UdpTransportBundleTest extends TransportBundleContract {}
