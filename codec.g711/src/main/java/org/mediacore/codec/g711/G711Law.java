package org.mediacore.codec.g711;

import java.util.List;
import java.util.OptionalInt;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.codec.MediaKind;
import org.mediacore.dsp.companding.CompandingLaw;

/** The two codecs of G.711 as RTP knows them: RFC 3551 §4.5.14 and table 4. */
enum G711Law {
  PCMA(CompandingLaw.A_LAW, 8),
  PCMU(CompandingLaw.MU_LAW, 0);

  final CompandingLaw law;
  final CodecDescriptor descriptor;

  G711Law(CompandingLaw law, int staticPayloadType) {
    this.law = law;
    descriptor =
        new CodecDescriptor(
            name(),
            MediaKind.AUDIO,
            8_000,
            1,
            new AudioFormat(8_000, 1),
            OptionalInt.of(staticPayloadType),
            List.of(10_000, 20_000, 30_000, 40_000, 50_000, 60_000),
            Fmtp.NONE);
  }
}
