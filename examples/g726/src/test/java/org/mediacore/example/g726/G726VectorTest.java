package org.mediacore.example.g726;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/**
 * Two seconds of rising tone, noise and pauses, 6 dB below full scale. The checksums are those of
 * what libspandsp 0.0.6 makes of the same samples (32 kbit/s, packing to the right), byte for byte.
 * At full scale the two differ: libspandsp's decoded samples wrap around, ours stop.
 */
class G726VectorTest {
  private static final int SAMPLES = 16_000;
  private static final long PAYLOAD_CRC = 0x6521d909L;
  private static final long DECODED_CRC = 0x37ade252L;

  @Test
  void payloadsAndSamplesAreThoseOfAnotherImplementation() throws Exception {
    G726CodecFactory factory = new G726CodecFactory();
    CodecParameters parameters =
        factory.negotiate(factory.descriptors().get(0), Fmtp.NONE, Fmtp.NONE).orElseThrow();
    short[] sent = signal();
    int samples = parameters.samplesPerFrame();
    ByteBuffer payload = ByteBuffer.allocate(samples / 2);
    short[] heard = new short[6 * samples];
    CRC32 payloads = new CRC32();
    CRC32 decoded = new CRC32();
    try (AudioEncoder encoder = factory.createEncoder(parameters);
        AudioDecoder decoder = factory.createDecoder(parameters)) {
      for (int offset = 0; offset < SAMPLES; offset += samples) {
        assertEquals(samples / 2, encoder.encode(sent, offset, samples, payload.clear()));
        assertEquals(samples, decoder.decode(payload.flip(), heard, 0));
        payloads.update(payload);
        decoded.update(littleEndian(heard, samples));
      }
    }
    assertEquals(PAYLOAD_CRC, payloads.getValue());
    assertEquals(DECODED_CRC, decoded.getValue());
  }

  @Test
  void fullScaleDoesNotWrapAround() {
    G726Adpcm encoder = new G726Adpcm();
    G726Adpcm decoder = new G726Adpcm();
    int loudest = 0;
    for (int i = 0; i < SAMPLES; i++) {
      short sent = i / 40 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
      short heard = decoder.decode(encoder.encode(sent));
      loudest = Math.max(loudest, Math.abs(heard));
      boolean settled = i > 800 && i % 40 > 20;
      assertEquals(settled && sent < 0, settled && heard < 0, "sample " + i + ": " + heard);
    }
    assertEquals(32_768, loudest, "full scale was reached");
  }

  private static byte[] littleEndian(short[] pcm, int samples) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(pcm, 0, samples);
    return bytes.array();
  }

  /** Integers only, so that it is the same everywhere. */
  private static short[] signal() {
    short[] pcm = new short[SAMPLES];
    int noise = 1;
    int phase = 0;
    for (int i = 0; i < SAMPLES; i++) {
      noise = noise * 1_103_515_245 + 12_345;
      phase = (phase + 200 + i / 4) & 0xFFFF;
      int triangle = Math.abs(phase - 32_768) - 16_384;
      int louder = triangle * (i / 2_000 + 1) >> 3;
      int sum = (i % 4_000 < 3_000 ? louder : 0) + (noise >> 22);
      pcm[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sum));
    }
    return pcm;
  }
}
