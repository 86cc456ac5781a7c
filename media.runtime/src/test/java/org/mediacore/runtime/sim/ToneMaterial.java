package org.mediacore.runtime.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.dsp.ToneGenerator;

/**
 * A tone over a little noise, in a codec, payload by payload of 20 ms; encoded once for all runs of
 * a test. The noise is that of any microphone: what a predicting codec makes of a pure sine is a
 * filter on the edge of stability, in which any difference of two decoders rings on for seconds.
 */
final class ToneMaterial {
  private static final int PTIME_MS = 20;

  /** About 40 dB below the tones of {@link TwoHundredCalls}. */
  private static final double NOISE_PEAK = 150;

  private final AudioCodecFactory factory;
  private final CodecDescriptor codec;
  private final CodecParameters parameters;
  private final AudioEncoder encoder;
  private final ToneGenerator tone;
  private final double toneHz;
  private final short[] pcm;
  private final ByteBuffer out = ByteBuffer.allocate(4096);
  private final SplittableRandom noise = new SplittableRandom(7);
  private final List<byte[]> payloads = new ArrayList<>();

  ToneMaterial(AudioCodecFactory factory, String rtpmap, double toneHz, double levelDbfs)
      throws MediaSetupException {
    this.factory = factory;
    this.toneHz = toneHz;
    this.codec =
        factory.descriptors().stream()
            .filter(descriptor -> descriptor.rtpmap().equals(rtpmap))
            .findFirst()
            .orElseThrow();
    this.parameters =
        factory.withPtimeMs(factory.negotiate(codec, Fmtp.NONE, Fmtp.NONE).orElseThrow(), PTIME_MS);
    this.encoder = factory.createEncoder(parameters);
    this.tone = new ToneGenerator(sampleRateHz(), 1, toneHz, levelDbfs);
    this.pcm = new short[parameters.samplesPerFrame()];
  }

  /** The payload of frame {@code number}, counted from 0. */
  byte[] payload(int number) {
    while (payloads.size() <= number) {
      tone.generate(pcm, 0, pcm.length);
      for (int i = 0; i < pcm.length; i++) {
        pcm[i] += (short) Math.rint(NOISE_PEAK * (2 * noise.nextDouble() - 1));
      }
      out.clear();
      encoder.encode(pcm, 0, pcm.length, out);
      payloads.add(Arrays.copyOf(out.array(), out.position()));
    }
    return payloads.get(number);
  }

  /** Decodes a stream with a decoder of its own; mono. */
  short[] decode(List<byte[]> stream) throws MediaSetupException {
    short[] all = new short[stream.size() * pcm.length];
    short[] frame = new short[6 * pcm.length];
    int at = 0;
    try (AudioDecoder decoder = factory.createDecoder(parameters)) {
      for (byte[] payload : stream) {
        int samples = decoder.decode(ByteBuffer.wrap(payload), frame, 0);
        if (samples != pcm.length) {
          throw new AssertionError("a payload of " + samples + " samples, not " + pcm.length);
        }
        System.arraycopy(frame, 0, all, at, samples);
        at += samples;
      }
    }
    return all;
  }

  int sampleRateHz() {
    return codec.audio().sampleRateHz();
  }

  int ticksPerPacket() {
    return codec.rtpClockRateHz() / 1000 * PTIME_MS;
  }

  String rtpmap() {
    return codec.rtpmap();
  }

  double toneHz() {
    return toneHz;
  }
}
