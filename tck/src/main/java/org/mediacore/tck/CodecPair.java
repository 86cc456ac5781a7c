package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;

/** An encoder and a decoder of the same parameters, and what the contract asks of them. */
final class CodecPair implements AutoCloseable {
  /** A byte array that no codec outgrows: two bytes per sample and channel for any. */
  private static final int ROOM_BYTES = 65_536;

  /** Frames that are lost in a row where redundancy is asked for. */
  private static final int GAP_FRAMES = 4;

  private static final int MARGIN = 16;
  private static final short MARK = 0x5A5A;

  final CodecParameters parameters;
  final AudioEncoder encoder;
  final AudioDecoder decoder;

  private CodecPair(CodecParameters parameters, AudioEncoder encoder, AudioDecoder decoder) {
    this.parameters = parameters;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  static CodecPair open(AudioCodecFactory factory, CodecParameters parameters)
      throws MediaSetupException {
    AudioEncoder encoder = factory.createEncoder(parameters);
    return new CodecPair(parameters, encoder, factory.createDecoder(parameters));
  }

  /** What a fresh encoder makes of the first frames of a signal. */
  static List<byte[]> payloads(
      AudioCodecFactory factory, CodecParameters parameters, int seed, int frames)
      throws MediaSetupException {
    List<byte[]> payloads = new ArrayList<>();
    try (CodecPair pair = open(factory, parameters)) {
      for (int i = 0; i < frames; i++) {
        payloads.add(pair.encode(seed, i));
      }
    }
    return payloads;
  }

  /** What a fresh decoder makes of payloads. */
  static List<short[]> decodeAll(
      AudioCodecFactory factory, CodecParameters parameters, List<byte[]> payloads)
      throws MediaSetupException {
    List<short[]> decoded = new ArrayList<>();
    try (CodecPair pair = open(factory, parameters)) {
      for (byte[] payload : payloads) {
        decoded.add(pair.decode(payload));
      }
    }
    return decoded;
  }

  short[] frame(int seed, int index) {
    return TestAudio.frame(parameters.sendFormat(), seed, index, parameters.samplesPerFrame());
  }

  int receiveChannels() {
    return parameters.receiveFormat().channels();
  }

  /** Samples per channel that one frame of ours decodes to. */
  int expectedSamples() {
    return parameters.receiveFormat().samplesIn(parameters.frameDurationUs());
  }

  /** Array elements of the longest payload. */
  int maxElements() {
    AudioFormat format = parameters.receiveFormat();
    return format.elementsIn(CodecParameters.MAX_PAYLOAD_DURATION_US);
  }

  /** Encodes frame {@code index}; no bytes where there is nothing to send. */
  byte[] encode(int seed, int index) {
    ByteBuffer out = ByteBuffer.allocate(ROOM_BYTES);
    int bytes = encoder.encode(frame(seed, index), 0, parameters.samplesPerFrame(), out);
    assertTrue(bytes >= 0, "encode of frame " + index + ": " + MediaStatus.nameOf(bytes));
    assertEquals(bytes, out.position(), "position behind the payload");
    return Arrays.copyOf(out.array(), bytes);
  }

  /** Decodes a payload that an encoder made; none where it had nothing to send. */
  short[] decode(byte[] payload) {
    if (payload.length == 0) {
      return new short[0];
    }
    short[] pcm = new short[maxElements()];
    int samples = decoder.decode(ByteBuffer.wrap(payload), pcm, 0);
    assertEquals(expectedSamples(), samples, () -> "decoded: " + MediaStatus.nameOf(samples));
    return Arrays.copyOf(pcm, samples * receiveChannels());
  }

  int decodeStatus(byte[] payload) {
    return decoder.decode(ByteBuffer.wrap(payload), new short[maxElements()], 0);
  }

  int concealStatus() {
    return decoder.conceal(expectedSamples(), new short[maxElements()], 0);
  }

  int recoverStatus(byte[] next) {
    int samples = expectedSamples();
    return decoder.recover(ByteBuffer.wrap(next), 0, samples, new short[maxElements()], 0);
  }

  /** A payload that may be anything: a count within the longest payload, or a status. */
  void checkBad(byte[] payload) {
    String what = "payload " + BadPayloads.describe(payload);
    ByteBuffer view = ByteBuffer.wrap(payload.clone());
    int told = Check.noThrow(what, () -> decoder.samplesIn(view));
    int got = Check.noThrow(what, () -> decodeStatus(payload));
    assertTrue(got * receiveChannels() <= maxElements(), what + " gave " + got + " samples");
    if (got >= 0) {
      assertEquals(got, told, what + ": samplesIn differs from decode");
    }
    assertArrayEquals(payload, view.array(), what + " was changed");
  }

  void checkConceal() {
    int wanted = expectedSamples();
    int got = Check.noThrow("conceal", this::concealStatus);
    assertTrue(
        got == MediaStatus.UNSUPPORTED || got == wanted,
        "conceal of " + wanted + ": " + MediaStatus.nameOf(got));
  }

  /** The pieces of a gap of several frames, or what of it a payload tells; it is unchanged. */
  void checkRecover(byte[] next) {
    for (int frames = GAP_FRAMES - 1; frames >= 0; frames--) {
      checkRecover(next, frames * expectedSamples());
    }
  }

  /** A piece that ends {@code samplesToNext} before a payload that may be anything. */
  void checkRecover(byte[] next, int samplesToNext) {
    int wanted = expectedSamples();
    int channels = receiveChannels();
    String what =
        "recover of " + wanted + ", " + samplesToNext + " before " + BadPayloads.describe(next);
    ByteBuffer view = ByteBuffer.wrap(next.clone());
    short[] pcm = new short[maxElements() + MARGIN];
    Arrays.fill(pcm, MARK);
    int got = Check.noThrow(what, () -> decoder.recover(view, samplesToNext, wanted, pcm, MARGIN));
    assertTrue(
        got == MediaStatus.UNSUPPORTED || got == wanted, what + ": " + MediaStatus.nameOf(got));
    int end = MARGIN + Math.max(0, got) * channels;
    for (int i = 0; i < pcm.length; i++) {
      assertTrue(i >= MARGIN && i < end || pcm[i] == MARK, what + " wrote element " + i);
    }
    assertEquals(0, view.position(), what + " moved its position");
    assertEquals(next.length, view.limit(), what + " moved its limit");
    assertArrayEquals(next, view.array(), what + " changed its input");
  }

  @Override
  public void close() {
    encoder.close();
    decoder.close();
  }
}
