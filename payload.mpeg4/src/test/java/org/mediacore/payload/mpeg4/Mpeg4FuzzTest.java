package org.mediacore.payload.mpeg4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.payload.Depacketizer;

/**
 * Rule: any payload gives a status or frames that lie in it, and a good one behind it is read; any
 * configuration gives a result or none. With JAZZER_FUZZ=1 the inputs are searched.
 */
class Mpeg4FuzzTest {
  private final GenericFormat generic = new GenericFormat();
  private final LatmFormat latm = new LatmFormat();

  @FuzzTest(maxDuration = "60s")
  void anyGenericPayload(byte[] data) {
    Depacketizer high = Payloads.depacketizer(generic, Payloads.HIGH);
    Payloads.feed(high, data);
    assertEquals("AABBCC", Payloads.read(high, Payloads.hex("0010 0018 AABBCC")));
    Depacketizer low = Payloads.depacketizer(generic, Payloads.LOW);
    Payloads.feed(low, data);
    assertEquals("AABBCC", Payloads.read(low, Payloads.hex("0008 0C AABBCC")));
  }

  @FuzzTest(maxDuration = "60s")
  void anyLatmPayload(byte[] data) {
    if (data.length == 0) {
      return;
    }
    int subframes = 1 + (data[0] & 63);
    Depacketizer depacketizer = new LatmDepacketizer(subframes);
    Payloads.feed(depacketizer, Arrays.copyOfRange(data, 1, data.length));
    byte[] good = new byte[2 * subframes];
    for (int i = 0; i < subframes; i++) {
      good[2 * i] = 1;
    }
    assertEquals("00 ".repeat(subframes).trim(), Payloads.read(depacketizer, good));
  }

  @FuzzTest(maxDuration = "60s")
  void anyConfiguration(byte[] data) {
    Fmtp declared = Fmtp.parse("cpresent=0;config=" + Hex.write(data));
    Optional<Fmtp> codec = latm.codecParameters(declared);
    if (codec.isPresent()) {
      Fmtp again = latm.declare(codec.get(), declared);
      assertEquals(codec, latm.codecParameters(again));
    }
    latm.declare(Fmtp.parse("config=" + Hex.write(data)), Fmtp.NONE);
  }
}
