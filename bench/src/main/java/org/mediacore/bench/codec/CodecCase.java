package org.mediacore.bench.codec;

import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.bench.material.Codecs;

/** What is measured: the codecs of the distribution with their default configuration. */
enum CodecCase {
  MU_LAW("G.711 µ-law", "PCMU/8000", ""),
  A_LAW("G.711 A-law", "PCMA/8000", ""),
  G722("G.722", "G722/8000", ""),
  ILBC_20("iLBC 20 ms", "iLBC/8000", "mode=20"),
  ILBC_30("iLBC 30 ms", "iLBC/8000", "mode=30"),
  L16("L16 16 kHz", "L16/16000", ""),
  L16_STEREO("L16 48 kHz stereo", "L16/48000/2", ""),
  OPUS("Opus 48 kHz", "opus/48000/2", ""),
  OPUS_JAVA("Opus 48 kHz, pure Java", "opus/48000/2", ""),
  AMR("AMR 12.2 kbit/s", "AMR/8000", ""),
  AMR_WB("AMR-WB 23.85 kbit/s", "AMR-WB/16000", ""),
  AAC("AAC-LC 48 kHz", "AAC/48000", "config=1188");

  /** For people. */
  final String title;

  private final String rtpmap;
  private final String fmtp;

  CodecCase(String title, String rtpmap, String fmtp) {
    this.title = title;
    this.rtpmap = rtpmap;
    this.fmtp = fmtp;
  }

  /** The codec and what two sides with its default configuration agree on. */
  Agreed agree() throws MediaSetupException {
    AudioCodecFactory factory = this == OPUS_JAVA ? Codecs.pureJavaOpus() : Codecs.factory(rtpmap);
    CodecDescriptor descriptor =
        factory.descriptors().stream()
            .filter(d -> d.rtpmap().equalsIgnoreCase(rtpmap))
            .findFirst()
            .orElseThrow();
    Fmtp both = Fmtp.parse(fmtp);
    return new Agreed(factory, factory.negotiate(descriptor, both, both).orElseThrow());
  }

  /** Whether ffmpeg encodes it the same way: it has no encoder for iLBC. */
  boolean hasFfmpegEncoder() {
    return this == MU_LAW || this == A_LAW || this == G722;
  }

  /**
   * A codec, ready to make encoders and decoders.
   *
   * @param factory makes them
   * @param parameters of what
   */
  record Agreed(AudioCodecFactory factory, CodecParameters parameters) {
    /** Whether it encodes, too, and the same stream. */
    boolean encodes() {
      return factory.encodes(parameters.descriptor())
          && (!parameters.descriptor().encoding().equals("AAC")
              || parameters.local().equals(parameters.remote()));
    }

    /** Samples per second and channel. */
    int sampleRateHz() {
      return parameters.sendFormat().sampleRateHz();
    }

    /** Array elements of a frame. */
    int elementsPerFrame() {
      return parameters.samplesPerFrame() * parameters.sendFormat().channels();
    }
  }
}
