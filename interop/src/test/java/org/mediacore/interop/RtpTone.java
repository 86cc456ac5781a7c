package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecParameters;

/** A tone, or what else is to be said, as RTP packets of a codec. */
final class RtpTone {
  private static final int HEADER_BYTES = 12;
  private static final int MAX_PAYLOAD_BYTES = 4_096;
  private static final int MARKER = 0x80;
  private static final AtomicInteger NEXT_SSRC = new AtomicInteger(0x4D43_0001);

  private RtpTone() {}

  /**
   * Encodes a tone: whole frames, no longer than that, from sequence number and timestamp 0.
   *
   * @param agreed what the codec was set up with
   * @param peak full scale is 1
   * @return the packets, each from position to limit
   */
  static List<ByteBuffer> encode(
      PhoneCodec codec, CodecParameters agreed, double toneHz, double peak, Duration length) {
    int rateHz = agreed.sendFormat().sampleRateHz();
    return encode(codec, agreed, Recording.tone(rateHz, toneHz, peak, length));
  }

  /**
   * Encodes a recording: whole frames, from sequence number and timestamp 0.
   *
   * @param agreed what the codec was set up with
   * @param sound at the codec's sampling rate
   * @return the packets, each from position to limit
   */
  static List<ByteBuffer> encode(PhoneCodec codec, CodecParameters agreed, Recording sound) {
    assertEquals(agreed.sendFormat().sampleRateHz(), sound.sampleRateHz());
    int channels = agreed.sendFormat().channels();
    int samples = agreed.samplesPerFrame();
    short[] tone = sound.pcm16();
    short[] pcm = new short[samples * channels];
    int source = NEXT_SSRC.getAndIncrement();
    List<ByteBuffer> packets = new ArrayList<>();
    try (AudioEncoder encoder = codec.factory().createEncoder(agreed)) {
      for (int frame = 0; (frame + 1) * samples <= tone.length; frame++) {
        for (int i = 0; i < pcm.length; i++) {
          pcm[i] = tone[frame * samples + i / channels];
        }
        ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + MAX_PAYLOAD_BYTES);
        packet.put((byte) 0x80).put((byte) (codec.payloadType() | (frame == 0 ? MARKER : 0)));
        packet.putShort((short) frame).putInt(frame * agreed.timestampPerFrame()).putInt(source);
        int bytes = encoder.encode(pcm, 0, samples, packet);
        assertTrue(bytes > 0, () -> codec + ": encode gave " + bytes);
        packets.add(packet.flip());
      }
    } catch (MediaSetupException broken) {
      throw new AssertionError(broken);
    }
    return packets;
  }
}
