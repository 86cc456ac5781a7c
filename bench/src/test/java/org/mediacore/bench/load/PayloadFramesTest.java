package org.mediacore.bench.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadFramesTest {
  @ParameterizedTest
  @EnumSource(names = {"PCMU", "PCMA"})
  void g711HasOneSecondOfPacketsWithTheStampInFront(MediaCodec codec) throws IOException {
    PayloadFrames payloads = PayloadFrames.of(codec, "");
    assertEquals(50, payloads.frames().length);
    assertEquals(160, payloads.frames()[49].length);
    assertEquals(0, payloads.stampAt()[49]);
  }

  /** ITU-T G.711: positive zero is 0xFF in µ-law and 0xD5 in A-law; the tone begins with it. */
  @Test
  void toneBeginsWithPositiveZero() throws IOException {
    assertEquals((byte) 0xFF, PayloadFrames.of(MediaCodec.PCMU, "").frames()[0][0]);
    assertEquals((byte) 0xD5, PayloadFrames.of(MediaCodec.PCMA, "").frames()[0][0]);
  }

  @Test
  void opusPacketBecomesOneFrameWithPaddingForTheStamp() throws IOException {
    byte[] longPacket = new byte[300];
    Arrays.fill(longPacket, (byte) 7);
    longPacket[0] = 0x78;
    byte[] ogg = ogg(new byte[] {'H'}, new byte[] {'T'}, new byte[] {0x78, 1, 2}, longPacket);
    PayloadFrames payloads = PayloadFrames.opus(new ByteArrayInputStream(ogg));
    byte[] first = payloads.frames()[0];
    assertArrayEquals(new byte[] {0x7B, 0x41, 19, 1, 2}, Arrays.copyOf(first, 5));
    assertEquals(5, payloads.stampAt()[0]);
    assertEquals(5 + PacketStamp.LENGTH, first.length);
    assertEquals(300 + 2 + PacketStamp.LENGTH, payloads.frames()[1].length);
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    byte[] noOgg = new byte[100];
    assertThrows(IOException.class, () -> PayloadFrames.opus(new ByteArrayInputStream(noOgg)));
    byte[] cut = Arrays.copyOf(ogg(new byte[300]), 100);
    assertThrows(IOException.class, () -> PayloadFrames.opus(new ByteArrayInputStream(cut)));
    byte[] onlyHeaders = ogg(new byte[] {'H'}, new byte[] {'T'});
    assertThrows(
        IOException.class, () -> PayloadFrames.opus(new ByteArrayInputStream(onlyHeaders)));
  }

  /** One page per packet. */
  private static byte[] ogg(byte[]... packets) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      byte[] header = new byte[27];
      System.arraycopy(new byte[] {'O', 'g', 'g', 'S'}, 0, header, 0, 4);
      header[26] = (byte) (packet.length / 255 + 1);
      out.write(header);
      for (int i = 0; i < packet.length / 255; i++) {
        out.write(255);
      }
      out.write(packet.length % 255);
      out.write(packet);
    }
    return out.toByteArray();
  }
}
