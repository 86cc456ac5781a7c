package org.mediacore.bench.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.bench.material.Codecs;

class PayloadFramesTest {
  @ParameterizedTest
  @EnumSource(names = {"PCMU", "PCMA"})
  void g711HasTwoSecondsOfPacketsWithTheStampInFront(MediaCodec codec) throws IOException {
    PayloadFrames payloads = PayloadFrames.of(codec);
    assertEquals(100, payloads.frames().length);
    assertEquals(160, payloads.frames()[99].length);
    assertEquals(0, payloads.stampAt()[99]);
  }

  @Test
  void opusPacketBecomesOneFrameWithPaddingForTheStamp() throws IOException {
    byte[] packet = PayloadFrames.padded(new byte[] {0x78, 1, 2});
    assertArrayEquals(new byte[] {0x7B, 0x41, 19, 1, 2}, Arrays.copyOf(packet, 5));
    assertEquals(5 + PacketStamp.LENGTH, packet.length);
  }

  @Test
  void opusPacketWithTwoFramesIsRefused() {
    assertThrows(IOException.class, () -> PayloadFrames.padded(new byte[] {0x79, 1, 2}));
  }

  @Test
  void stampedOpusPacketsDecodeToTwentyMs() throws IOException, MediaSetupException {
    PayloadFrames payloads = PayloadFrames.of(MediaCodec.OPUS);
    short[] pcm = new short[5_760];
    long energy = 0;
    try (AudioDecoder decoder = Codecs.decoder("opus/48000/2")) {
      for (int i = 0; i < payloads.frames().length; i++) {
        ByteBuffer packet = ByteBuffer.wrap(payloads.frames()[i].clone());
        assertEquals(packet.limit() - PacketStamp.LENGTH, payloads.stampAt()[i]);
        PacketStamp.write(packet, payloads.stampAt()[i], 5, i, 123);
        assertEquals(960, decoder.decode(packet, pcm, 0));
        for (int sample = 0; sample < 960; sample++) {
          energy += pcm[sample] * pcm[sample];
        }
      }
    }
    assertTrue(energy / 96_000 > 100_000, () -> "no voice in it");
  }
}
