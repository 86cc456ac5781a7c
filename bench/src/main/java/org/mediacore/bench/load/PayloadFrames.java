package org.mediacore.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.bench.material.Codecs;
import org.mediacore.bench.material.Voice;

/**
 * Two seconds of payloads, 20 ms each, with room for a {@link PacketStamp}.
 *
 * @param frames the payloads
 * @param stampAt where in each payload the stamp belongs
 */
public record PayloadFrames(byte[][] frames, int[] stampAt) {
  private static final int FRAMES = 100;
  private static final int MAX_BYTES = 1_275;

  /**
   * Makes what is sent for a codec: a voice-like signal, encoded as the platform would.
   *
   * @throws IOException if the codec does not work here
   */
  public static PayloadFrames of(MediaCodec codec) throws IOException {
    int samples = codec.sampleRateHz() / 50;
    short[] voice = Voice.make(codec.sampleRateHz(), FRAMES * samples);
    byte[][] frames = new byte[FRAMES][];
    int[] stampAt = new int[FRAMES];
    ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
    try (AudioEncoder encoder = Codecs.encoder(codec.rtpmap())) {
      for (int i = 0; i < FRAMES; i++) {
        int bytes = encoder.encode(voice, i * samples, samples, out.clear());
        if (bytes <= 0) {
          throw new IOException(codec + ": frame " + i + " was not encoded: " + bytes);
        }
        byte[] payload = Arrays.copyOf(out.array(), bytes);
        frames[i] = codec == MediaCodec.OPUS ? padded(payload) : payload;
        stampAt[i] = frames[i].length - (codec == MediaCodec.OPUS ? PacketStamp.LENGTH : bytes);
      }
    } catch (MediaSetupException e) {
      throw new IOException(codec + ": " + e.getMessage(), e);
    }
    return new PayloadFrames(frames, stampAt);
  }

  /**
   * Turns a packet of one frame (code 0) into one of code 3 (RFC 6716 §3.2.5) whose padding, which
   * a decoder skips, takes the stamp.
   *
   * <pre>
   * +-----------+-+-+-----------+----------------+-------+-----------------+
   * | config|s|3 |0|1| count = 1| padding length | frame | padding (stamp) |
   * +-----------+-+-+-----------+----------------+-------+-----------------+
   * </pre>
   */
  static byte[] padded(byte[] packet) throws IOException {
    if ((packet[0] & 3) != 0) {
      throw new IOException("an Opus packet with more than one frame");
    }
    byte[] longer = new byte[packet.length + 2 + PacketStamp.LENGTH];
    longer[0] = (byte) (packet[0] | 3);
    longer[1] = 0x41;
    longer[2] = PacketStamp.LENGTH;
    System.arraycopy(packet, 1, longer, 3, packet.length - 1);
    return longer;
  }
}
