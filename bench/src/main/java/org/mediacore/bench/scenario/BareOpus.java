package org.mediacore.bench.scenario;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.bench.load.MediaCodec;
import org.mediacore.bench.load.PayloadFrames;
import org.mediacore.bench.material.Codecs;
import org.mediacore.bench.platform.Cores;
import org.mediacore.bench.platform.NativeProgram;
import org.mediacore.dsp.Resampler;

/**
 * The embedded libopus called from C, with the frames that the platform gets: those of the
 * generator's G.711 packets, decoded and brought to 48 kHz, and the generator's Opus packets.
 *
 * @param encodeUs CPU time to encode a frame of 20 ms
 * @param decodeUs CPU time to decode one
 */
record BareOpus(double encodeUs, double decodeUs) {
  private static final int BITRATE_BPS = 32_000;
  private static final int COMPLEXITY = 5;
  private static final int G711_SAMPLES = 160;
  private static final int OPUS_SAMPLES = 960;

  /**
   * Measures it on the measured core.
   *
   * @param calls how many encoders and decoders take turns
   * @param rounds frames for each of them
   * @param paceUs from the turn of a call to that of the next, in µs; 0 for back to back
   * @return empty where there is no compiler
   */
  static Optional<BareOpus> measure(int calls, int rounds, int paceUs) throws IOException {
    Optional<Path> program = NativeProgram.compile("opusbare");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    Path directory = program.get().getParent();
    List<String> command =
        List.of(
            program.get().toString(),
            Codecs.libopus(directory).toString(),
            Files.write(directory.resolve("frames.pcm"), pcm()).toString(),
            Files.write(directory.resolve("packets.opus"), packets()).toString(),
            "" + calls,
            "" + rounds,
            "" + BITRATE_BPS,
            "" + COMPLEXITY,
            "" + paceUs);
    Process bare =
        new ProcessBuilder(Cores.pinned(Cores.measured(), command))
            .redirectErrorStream(true)
            .start();
    String said = new String(bare.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    String[] lines = said.strip().split("\n");
    if (lines.length != 2) {
      throw new IOException("bare libopus: " + said);
    }
    return Optional.of(
        new BareOpus(Double.parseDouble(lines[0]) / 1e3, Double.parseDouble(lines[1]) / 1e3));
  }

  private static byte[] pcm() throws IOException {
    byte[][] payloads = PayloadFrames.of(MediaCodec.PCMU).frames();
    Resampler resampler = Resampler.create(8_000, 48_000, 1, Resampler.Quality.DEFAULT);
    short[] narrow = new short[960];
    short[] wide = new short[OPUS_SAMPLES];
    ByteBuffer out =
        ByteBuffer.allocate(payloads.length * OPUS_SAMPLES * 2).order(ByteOrder.nativeOrder());
    try (AudioDecoder decoder = Codecs.decoder("PCMU/8000")) {
      for (byte[] payload : payloads) {
        decoder.decode(ByteBuffer.wrap(payload), narrow, 0);
        resampler.process(narrow, 0, G711_SAMPLES, wide, 0);
        out.asShortBuffer().put(wide);
        out.position(out.position() + OPUS_SAMPLES * 2);
      }
    } catch (MediaSetupException e) {
      throw new IOException(e);
    }
    return out.array();
  }

  private static byte[] packets() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (byte[] packet : PayloadFrames.of(MediaCodec.OPUS).frames()) {
      out.writeShort(packet.length);
      out.write(packet);
    }
    return bytes.toByteArray();
  }
}
