package org.mediacore.runtime.negotiation;

import java.net.InetSocketAddress;
import java.util.List;
import org.mediacore.codec.g711.G711CodecFactory;
import org.mediacore.codec.l16.L16CodecFactory;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.codec.CodecRegistry;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.registry.Standing;
import org.osgi.framework.Version;

/** A negotiator of a session at 192.0.2.1 with G.711, µ-law before A-law, and L16. */
final class NegotiatorFixture {
  /** The session level of a description of the peer at 198.51.100.9. */
  static final String HEAD =
      "v=0\r\no=- 7 1 IN IP4 198.51.100.9\r\ns=-\r\nc=IN IP4 198.51.100.9\r\nt=0 0\r\n";

  final CodecRegistry registry = new CodecRegistry(new Standing());
  boolean relaysEvents;
  final AudioNegotiator negotiator =
      new AudioNegotiator(
          new AudioNegotiator.Host() {
            @Override
            public List<CodecProvider> codecs() {
              return registry.selected();
            }

            @Override
            public List<CodecProvider> codecsToOffer() {
              return registry.selected();
            }

            @Override
            public boolean hasTransport(String profile) {
              return profile.equals("RTP/AVP");
            }

            @Override
            public boolean relaysEvents() {
              return relaysEvents;
            }
          },
          new InetSocketAddress("192.0.2.1", 20_000),
          20_001,
          4711);

  NegotiatorFixture() {
    registry.add(
        new G711CodecFactory(), new ProviderInfo("codec.g711", new Version(1, 0, 0), 0, 1));
    registry.add(new L16CodecFactory(), new ProviderInfo("codec.l16", new Version(1, 0, 0), 0, 2));
    registry.prefer(List.of("pcmu", "pcma"));
  }
}
