package org.mediacore.codec.l16;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

class L16CodecTest {
  private final L16CodecFactory factory = new L16CodecFactory();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "L16/8000    | -1 | [5000, 10000, 20000, 30000, 40000, 60000] | 20000",
        "L16/16000   | -1 | [5000, 10000, 20000, 30000, 40000]        | 20000",
        "L16/24000   | -1 | [5000, 10000, 20000]                      | 20000",
        "L16/32000   | -1 | [5000, 10000, 20000]                      | 20000",
        "L16/44100   | 11 | [10000]                                   | 10000",
        "L16/48000   | -1 | [5000, 10000]                             | 10000",
        "L16/44100/2 | 10 | [10000]                                   | 10000",
        "L16/48000/2 | -1 | [5000]                                    | 5000",
      })
  void descriptorsAreThoseOfTheReadme(
      String rtpmap, int payloadType, String durationsUs, int defaultUs) throws Exception {
    CodecDescriptor descriptor = descriptor(rtpmap);
    OptionalInt expected = payloadType < 0 ? OptionalInt.empty() : OptionalInt.of(payloadType);
    assertEquals(expected, descriptor.staticPayloadType());
    assertEquals(durationsUs, descriptor.frameDurationsUs().toString());
    assertEquals(defaultUs, parameters(rtpmap).frameDurationUs());
    assertEquals(8, factory.descriptors().size());
  }

  @Test
  void everySampleIsExactAndBigEndian() throws Exception {
    CodecParameters parameters = parameters("L16/8000");
    int frame = parameters.samplesPerFrame();
    try (AudioEncoder encoder = factory.createEncoder(parameters);
        AudioDecoder decoder = factory.createDecoder(parameters)) {
      ByteBuffer payload = ByteBuffer.allocate(2 * frame);
      short[] pcm = new short[frame];
      short[] decoded = new short[960];
      for (int start = Short.MIN_VALUE; start <= Short.MAX_VALUE; start += frame) {
        for (int i = 0; i < frame; i++) {
          pcm[i] = (short) (start + i);
        }
        assertEquals(2 * frame, encoder.encode(pcm, 0, frame, payload.clear()));
        payload.flip();
        for (int i = 0; i < frame; i++) {
          assertEquals(pcm[i], payload.getShort(2 * i)); // a ByteBuffer is big-endian
        }
        assertEquals(frame, decoder.decode(payload, decoded, 0));
        assertArrayEquals(pcm, Arrays.copyOf(decoded, frame));
      }
    }
  }

  @Test
  void stereoIsInterleavedLeftFirst() throws Exception {
    CodecParameters parameters = parameters("L16/48000/2");
    try (AudioEncoder encoder = factory.createEncoder(parameters)) {
      short[] pcm = new short[480];
      pcm[0] = 0x1234;
      pcm[1] = (short) 0xFEDC;
      ByteBuffer payload = ByteBuffer.allocate(960);
      assertEquals(960, encoder.encode(pcm, 0, 240, payload));
      assertEquals(0x1234FEDC, payload.getInt(0));
    }
  }

  @ParameterizedTest(name = "{0}, {1} bytes -> {2}")
  @CsvSource({
    "L16/48000, 1920, 960", // what a peer sends at ptime 20, longer than our own
    "L16/48000/2, 3840, 960",
    "L16/48000/2, 153600, 38400", // 800 ms
    "L16/48000/2, 153604, -1", // one sample more
    "L16/48000/2, 4, 1",
    "L16/48000/2, 2, -1", // half a stereo sample
    "L16/8000, 3, -1",
    "L16/8000, 0, -1",
  })
  void receivedLengthIsFreeUpTo800Ms(String rtpmap, int bytes, int samples) throws Exception {
    try (AudioDecoder decoder = factory.createDecoder(parameters(rtpmap))) {
      ByteBuffer payload = ByteBuffer.allocate(bytes);
      assertEquals(samples, decoder.samplesIn(payload));
      assertEquals(samples, decoder.decode(payload, new short[76_800], 0));
      assertEquals(
          samples < 0 ? MediaStatus.BAD_INPUT : MediaStatus.BUFFER_TOO_SMALL,
          decoder.decode(payload, new short[0], 0));
    }
  }

  @Test
  void otherAudioThanTheDescriptorsIsRefused() throws Exception {
    CodecParameters good = parameters("L16/16000");
    CodecParameters odd =
        new CodecParameters(
            good.descriptor(),
            new AudioFormat(8_000, 1),
            good.receiveFormat(),
            Fmtp.NONE,
            Fmtp.NONE,
            good.frameDurationUs());
    MediaSetupException refused =
        assertThrows(MediaSetupException.class, () -> factory.createEncoder(odd).close());
    assertTrue(refused.refused().contains("8000 Hz mono"), refused.getMessage());
  }

  private CodecDescriptor descriptor(String rtpmap) {
    return factory.descriptors().stream()
        .filter(descriptor -> descriptor.rtpmap().equals(rtpmap))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not offered: " + rtpmap));
  }

  private CodecParameters parameters(String rtpmap) {
    return factory.negotiate(descriptor(rtpmap), Fmtp.NONE, Fmtp.NONE).orElseThrow();
  }
}
