package org.mediacore.payload.mpeg4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.codec.MediaKind;
import org.mediacore.api.payload.Depacketizer;
import org.mediacore.api.payload.PayloadFormat;

/** What the tests have in common. */
final class Payloads {
  static final Fmtp HIGH =
      Fmtp.parse("mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=1188");
  static final Fmtp LOW =
      Fmtp.parse("mode=AAC-lbr;sizelength=6;indexlength=2;indexdeltalength=2;config=1188");
  static final Fmtp LATM = Fmtp.parse("cpresent=0;config=400023103FC0");

  private Payloads() {}

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  /** A codec whose frames the formats carry. */
  static CodecDescriptor codec() {
    return descriptor("AAC", Fmtp.parse("config=1188"));
  }

  private static CodecDescriptor descriptor(String encoding, Fmtp fmtp) {
    return new CodecDescriptor(
        encoding,
        MediaKind.AUDIO,
        48_000,
        1,
        new AudioFormat(48_000, 1),
        OptionalInt.empty(),
        List.of(10_000),
        fmtp);
  }

  static CodecParameters agreed(PayloadFormat format, Fmtp fmtp) {
    CodecDescriptor descriptor = descriptor(format.descriptor().encoding(), fmtp);
    AudioFormat audio = descriptor.audio();
    return new CodecParameters(descriptor, audio, audio, fmtp, fmtp, 10_000);
  }

  static Depacketizer depacketizer(PayloadFormat format, Fmtp fmtp) {
    try {
      return format.createDepacketizer(agreed(format, fmtp));
    } catch (MediaSetupException refused) {
      throw new AssertionError(fmtp.toText(), refused);
    }
  }

  /** The frames of a payload in hexadecimal digits, or the name of the status. */
  static String read(Depacketizer depacketizer, byte[] payload) {
    ByteBuffer view = ByteBuffer.wrap(payload.clone());
    int count = depacketizer.read(view);
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteBuffer frame = ByteBuffer.allocate(payload.length);
      int bytes = depacketizer.frame(view, i, frame);
      assertEquals(bytes, frame.position());
      frames.add(HexFormat.of().withUpperCase().formatHex(frame.array(), 0, bytes));
    }
    assertEquals(
        MediaStatus.BAD_INPUT,
        depacketizer.frame(view, Math.max(0, count), ByteBuffer.allocate(99)),
        "no such frame");
    assertEquals(0, view.position());
    assertArrayEquals(payload, view.array());
    return count < 0 ? MediaStatus.nameOf(count) : String.join(" ", frames);
  }

  /** Any payload gives a status, or frames that lie in it one behind the other. */
  static void feed(Depacketizer depacketizer, byte[] payload) {
    ByteBuffer view = ByteBuffer.wrap(payload);
    int count = depacketizer.read(view);
    assertTrue(count > 0 || count == MediaStatus.BAD_INPUT, "count " + count);
    int sum = 0;
    for (int i = 0; i < count; i++) {
      ByteBuffer frame = ByteBuffer.allocate(payload.length);
      int bytes = depacketizer.frame(view, i, frame);
      assertTrue(bytes > 0, "frame " + i + ": " + bytes);
      sum += bytes;
      ByteBuffer small = ByteBuffer.allocate(bytes - 1);
      assertEquals(MediaStatus.BUFFER_TOO_SMALL, depacketizer.frame(view, i, small));
      assertEquals(0, small.position());
    }
    assertTrue(sum < Math.max(1, payload.length), sum + " bytes of " + payload.length);
    int any = depacketizer.frame(ByteBuffer.allocate(0), 0, ByteBuffer.allocate(9));
    assertEquals(MediaStatus.BAD_INPUT, any, "another payload than the one that was read");
  }

  static byte[] frame(int bytes) {
    byte[] frame = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      frame[i] = (byte) (7 * i + bytes);
    }
    return frame;
  }

  static byte[] repeat(int value, int bytes) {
    byte[] run = new byte[bytes];
    Arrays.fill(run, (byte) value);
    return run;
  }
}
