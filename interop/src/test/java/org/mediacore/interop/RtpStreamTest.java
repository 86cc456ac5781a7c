package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.CodecParameters;

class RtpStreamTest {
  private static final Duration LENGTH = Duration.ofMillis(500);
  private static final int PACKETS = 50;
  private final PhoneCodec codec = PhoneCodecs.transparent();
  private final CodecParameters agreed = codec.agree(codec.fmtp());
  private final List<ByteBuffer> packets =
      new ArrayList<>(RtpTone.encode(codec, agreed, 425, 0.25, LENGTH));

  @Test
  void wholeStreamIsTheTone() {
    RtpStream.Decoded decoded = decode();
    assertTrue(decoded.isWhole(), decoded::counts);
    assertEquals(PACKETS, decoded.packets());
    assertEquals(LENGTH, decoded.heard().length());
    assertTrue(ToneJudge.judge(decoded.heard(), 425).share() > 0.999);
  }

  @Test
  void sequenceMayWrapAt65535() {
    for (int i = 0; i < PACKETS; i++) {
      packets.get(i).putShort(2, (short) (65_520 + i)).putInt(4, -4_800 + 480 * i);
    }
    RtpStream.Decoded decoded = decode();
    assertTrue(decoded.isWhole(), decoded::counts);
  }

  @Test
  void lostPacketsAreAHole() {
    packets.remove(20);
    packets.remove(20);
    RtpStream.Decoded decoded = decode();
    assertFalse(decoded.isWhole());
    assertEquals(2, decoded.missing());
    assertEquals(1, decoded.timestampBreaks());
    assertEquals(LENGTH, decoded.heard().length());
    ToneJudge.Verdict verdict = ToneJudge.judge(decoded.heard(), 425);
    assertEquals(1, verdict.gaps());
    assertEquals(0, verdict.phaseBreaks());
  }

  @Test
  void leftOutAudioWithoutALossIsAHole() {
    for (int i = 20; i < PACKETS; i++) {
      packets.get(i).putInt(4, 480 * (i + 3));
    }
    RtpStream.Decoded decoded = decode();
    assertFalse(decoded.isWhole());
    assertEquals(0, decoded.missing());
    assertEquals(1, decoded.timestampBreaks());
    assertEquals(LENGTH.plusMillis(30), decoded.heard().length());
  }

  @Test
  void exchangedPacketsAreDisordered() {
    Collections.swap(packets, 20, 21);
    RtpStream.Decoded decoded = decode();
    assertFalse(decoded.isWhole());
    assertEquals(1, decoded.disordered());
    assertEquals(0, decoded.missing());
  }

  @Test
  void repeatedPacketIsNoMissingOne() {
    packets.add(21, packets.get(20).duplicate());
    RtpStream.Decoded decoded = decode();
    assertFalse(decoded.isWhole());
    assertEquals(1, decoded.disordered());
    assertEquals(0, decoded.missing());
  }

  @Test
  void otherSourcesAndPayloadTypesAreSeen() {
    packets.get(20).putInt(8, 1);
    packets.get(30).put(1, (byte) 0);
    RtpStream.Decoded decoded = decode();
    assertFalse(decoded.isWhole());
    assertEquals(2, decoded.sources());
    assertEquals(1, decoded.others());
  }

  @Test
  void refusedPayloadIsSeen() {
    packets.set(20, packets.get(20).limit(packets.get(20).limit() - 1));
    RtpStream.Decoded decoded = decode();
    assertFalse(decoded.isWhole());
    assertEquals(1, decoded.refused());
  }

  private RtpStream.Decoded decode() {
    RtpStream stream = new RtpStream(codec.payloadType());
    packets.forEach(stream::add);
    return stream.decode(codec, agreed);
  }
}
