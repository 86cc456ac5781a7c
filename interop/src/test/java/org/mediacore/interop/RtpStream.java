package org.mediacore.interop;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.CodecParameters;

/**
 * The RTP packets of one payload type as they came in, and what they are decoded to. Sequence
 * numbers and timestamps are checked: audio is put where its timestamp says, so that what was lost
 * is a hole in the recording, and what was left out is one, too.
 */
final class RtpStream {
  private static final int HEADER_BYTES = 12;

  /** A hole that is longer is no loss but a broken timestamp. */
  private static final int LONGEST_HOLE_S = 10;

  private final int payloadType;
  private final List<byte[]> packets = new ArrayList<>();
  private int others;

  RtpStream(int payloadType) {
    this.payloadType = payloadType;
  }

  /**
   * What was found.
   *
   * @param heard the audio, one channel
   * @param packets how many were decoded
   * @param missing sequence numbers that did not come
   * @param disordered packets that came behind a later one, or twice
   * @param timestampBreaks packets whose timestamp is not where the one before ended
   * @param refused payloads that the decoder refused
   * @param sources how many SSRCs there were
   * @param others packets that are no RTP of the agreed payload type
   */
  record Decoded(
      Recording heard,
      int packets,
      int missing,
      int disordered,
      int timestampBreaks,
      int refused,
      int sources,
      int others) {
    /** Whether it is one stream without a fault. */
    boolean isWhole() {
      return sources == 1
          && missing == 0
          && disordered == 0
          && timestampBreaks == 0
          && refused == 0
          && others == 0
          && packets > 0;
    }

    /** Everything but the audio. */
    String counts() {
      return packets
          + (" packets, missing " + missing + ", disordered " + disordered)
          + (", timestamp breaks " + timestampBreaks + ", refused " + refused)
          + (", sources " + sources + ", other packets " + others);
    }
  }

  /** Takes a datagram; what is between position and limit is copied. */
  void add(ByteBuffer datagram) {
    boolean ours =
        datagram.remaining() > HEADER_BYTES
            && (datagram.get(datagram.position()) & 0xFF) == 0x80
            && (datagram.get(datagram.position() + 1) & 0x7F) == payloadType;
    if (!ours) {
      others++;
      return;
    }
    byte[] packet = new byte[datagram.remaining()];
    datagram.get(packet);
    packets.add(packet);
  }

  int packets() {
    return packets.size();
  }

  /** Decodes what has come so far, with a decoder of its own. */
  Decoded decode(PhoneCodec codec, CodecParameters parameters) {
    try (AudioDecoder decoder = codec.factory().createDecoder(parameters)) {
      return new Decoding(parameters, decoder).run();
    } catch (MediaSetupException broken) {
      throw new AssertionError(broken);
    }
  }

  /** One pass over the packets. */
  private final class Decoding {
    private final CodecParameters parameters;
    private final AudioDecoder decoder;
    private final int channels;
    private final short[] frame;
    private final Set<Integer> sources = new TreeSet<>();
    private final Set<Integer> absent = new TreeSet<>();
    private double[] pcm = new double[1 << 16];
    private int length;
    private int decoded;
    private int missing;
    private int disordered;
    private int timestampBreaks;
    private int refused;
    private int sequence = -1;
    private int timestamp;

    Decoding(CodecParameters parameters, AudioDecoder decoder) {
      this.parameters = parameters;
      this.decoder = decoder;
      channels = parameters.receiveFormat().channels();
      frame =
          new short[parameters.receiveFormat().elementsIn(CodecParameters.MAX_PAYLOAD_DURATION_US)];
    }

    Decoded run() {
      packets.forEach(packet -> take(ByteBuffer.wrap(packet)));
      Recording heard =
          new Recording(parameters.receiveFormat().sampleRateHz(), Arrays.copyOf(pcm, length));
      return new Decoded(
          heard, decoded, missing, disordered, timestampBreaks, refused, sources.size(), others);
    }

    private void take(ByteBuffer packet) {
      int number = packet.getShort(2) & 0xFFFF;
      int ahead = sequence < 0 ? 0 : (short) (number - sequence);
      if (ahead < 0) {
        disordered++;
        missing -= absent.remove(number) ? 1 : 0;
        return;
      }
      for (int i = 0; i < ahead; i++) {
        absent.add(sequence + i & 0xFFFF);
      }
      missing += ahead;
      sequence = number + 1 & 0xFFFF;
      sources.add(packet.getInt(8));
      skipTo(packet.getInt(4));
      int samples = decoder.decode(packet.position(HEADER_BYTES), frame, 0);
      if (samples < 0) {
        refused++;
        return;
      }
      decoded++;
      timestamp = packet.getInt(4) + ticks(samples);
      append(samples);
    }

    /** Leaves a hole up to where this packet's audio belongs. */
    private void skipTo(int next) {
      int hole = decoded == 0 ? 0 : next - timestamp;
      timestampBreaks += hole == 0 ? 0 : 1;
      int rateHz = parameters.receiveFormat().sampleRateHz();
      int clockHz = parameters.descriptor().rtpClockRateHz();
      if (hole > 0 && hole < LONGEST_HOLE_S * clockHz) {
        int samples = (int) ((long) hole * rateHz / clockHz);
        reserve(samples);
        length += samples;
      }
    }

    private int ticks(int samples) {
      long clockHz = parameters.descriptor().rtpClockRateHz();
      return (int) (samples * clockHz / parameters.receiveFormat().sampleRateHz());
    }

    private void append(int samples) {
      reserve(samples);
      for (int i = 0; i < samples; i++) {
        double sum = 0;
        for (int channel = 0; channel < channels; channel++) {
          sum += frame[i * channels + channel];
        }
        pcm[length++] = sum / channels / 32_768;
      }
    }

    private void reserve(int samples) {
      if (length + samples > pcm.length) {
        pcm = Arrays.copyOf(pcm, Math.max(2 * pcm.length, length + samples));
      }
    }
  }
}
