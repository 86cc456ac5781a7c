package org.mediacore.bench.load;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One second or more of payloads, 20 ms each, with room for a {@link PacketStamp}.
 *
 * @param frames the payloads
 * @param stampAt where in each payload the stamp belongs
 */
record PayloadFrames(byte[][] frames, int[] stampAt) {
  private static final int FRAMES = 50;
  private static final int FRAME_SAMPLES = 160;
  private static final int SAMPLE_RATE_HZ = 8_000;
  private static final String ENCODE_TONE =
      "ffmpeg -v error -nostdin -f lavfi -i sine=frequency=425:duration=2:sample_rate=48000"
          + " -c:a libopus -b:a 32k -frame_duration 20 -f ogg -";
  private static final int FFMPEG_SECONDS = 20;

  /**
   * Makes what is sent for a codec.
   *
   * @param opusFile an Ogg Opus file with 20 ms packets; empty to have ffmpeg make one
   * @throws IOException if the file cannot be read, or ffmpeg does not do it
   */
  static PayloadFrames of(MediaCodec codec, String opusFile) throws IOException {
    return switch (codec) {
      case PCMU -> g711(false);
      case PCMA -> g711(true);
      case OPUS -> {
        if (opusFile.isEmpty()) {
          yield opus(encodeTone());
        }
        try (InputStream in = Files.newInputStream(Path.of(opusFile))) {
          yield opus(in);
        }
      }
    };
  }

  /** A 425 Hz tone at a quarter of full scale; the stamp replaces the first 19 samples. */
  private static PayloadFrames g711(boolean alaw) {
    byte[][] frames = new byte[FRAMES][FRAME_SAMPLES];
    for (int i = 0; i < FRAMES * FRAME_SAMPLES; i++) {
      int pcm = (int) (8_000 * Math.sin(2 * Math.PI * 425 * i / SAMPLE_RATE_HZ));
      frames[i / FRAME_SAMPLES][i % FRAME_SAMPLES] = alaw ? alaw(pcm) : ulaw(pcm);
    }
    return new PayloadFrames(frames, new int[FRAMES]);
  }

  /** ITU-T G.711, table 2: sign, segment and step of the biased magnitude, inverted. */
  private static byte ulaw(int pcm) {
    int magnitude = Math.min(Math.abs(pcm) + 132, 32_767);
    int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
    int code = (pcm < 0 ? 0x80 : 0) | segment << 4 | magnitude >> segment + 3 & 0x0F;
    return (byte) ~code;
  }

  /** ITU-T G.711, table 1, even bits inverted. */
  private static byte alaw(int pcm) {
    int magnitude = pcm < 0 ? -pcm - 1 : pcm;
    int segment = Math.max(0, 24 - Integer.numberOfLeadingZeros(magnitude));
    int step = magnitude >> Math.max(4, segment + 3) & 0x0F;
    return (byte) (((pcm < 0 ? 0 : 0x80) | segment << 4 | step) ^ 0x55);
  }

  /** Takes the packets of an Ogg Opus stream and adds room for the stamp to each. */
  static PayloadFrames opus(InputStream ogg) throws IOException {
    List<byte[]> packets = OggPackets.read(ogg);
    List<byte[]> frames = new ArrayList<>();
    for (byte[] packet : packets.subList(Math.min(2, packets.size()), packets.size())) {
      if ((packet[0] & 3) == 0) { // one frame
        frames.add(padded(packet));
      }
    }
    if (frames.isEmpty()) {
      throw new IOException("no Opus packets of one frame");
    }
    int[] stampAt = frames.stream().mapToInt(f -> f.length - PacketStamp.LENGTH).toArray();
    return new PayloadFrames(frames.toArray(new byte[0][]), stampAt);
  }

  /**
   * RFC 6716 §3.2.5: the same frame as a packet of code 3 with one frame, whose padding, which a
   * decoder skips, takes the stamp.
   *
   * <pre>
   * +-----------+-+-+-----------+----------------+-------+-----------------+
   * | config|s|3 |0|1| count = 1| padding length | frame | padding (stamp) |
   * +-----------+-+-+-----------+----------------+-------+-----------------+
   * </pre>
   */
  private static byte[] padded(byte[] packet) {
    byte[] longer = new byte[packet.length + 2 + PacketStamp.LENGTH];
    longer[0] = (byte) (packet[0] | 3);
    longer[1] = 0x41;
    longer[2] = PacketStamp.LENGTH;
    System.arraycopy(packet, 1, longer, 3, packet.length - 1);
    return longer;
  }

  private static InputStream encodeTone() throws IOException {
    Process ffmpeg =
        new ProcessBuilder(ENCODE_TONE.split(" "))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream out = ffmpeg.getInputStream()) {
      ByteArrayOutputStream ogg = new ByteArrayOutputStream();
      out.transferTo(ogg);
      if (!ffmpeg.waitFor(FFMPEG_SECONDS, TimeUnit.SECONDS) || ffmpeg.exitValue() != 0) {
        throw new IOException("ffmpeg did not encode Opus; give a file with --opus-file");
      }
      return new ByteArrayInputStream(ogg.toByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      ffmpeg.destroyForcibly();
    }
  }
}
