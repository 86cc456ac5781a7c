package org.mediacore.bench.codec;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.bench.material.Voice;

/**
 * Two seconds of voice for a codec in files, so that each process that is measured has the same: as
 * samples, and as payloads.
 */
final class CodecMaterial {
  private static final int SECONDS = 2;
  private static final int MAX_BYTES = 4_096;

  private final CodecCase codec;
  private final Path pcm;
  private final Path packets;

  /**
   * @param folder where the files are, or will be
   */
  CodecMaterial(CodecCase codec, Path folder) {
    this.codec = codec;
    pcm = folder.resolve(codec + ".pcm");
    packets = folder.resolve(codec + ".packets");
  }

  /** Interleaved samples of 16 bits, least significant byte first. */
  Path pcm() {
    return pcm;
  }

  /** Payloads, each with its length in front: two bytes, most significant first. */
  Path packets() {
    return packets;
  }

  /** Writes the samples. */
  void writePcm(CodecCase.Agreed agreed) throws IOException {
    int frames = agreed.sampleRateHz() * SECONDS / agreed.parameters().samplesPerFrame();
    int channels = agreed.parameters().sendFormat().channels();
    short[] mono =
        Voice.make(agreed.sampleRateHz(), frames * agreed.parameters().samplesPerFrame());
    ByteBuffer bytes =
        ByteBuffer.allocate(2 * mono.length * channels).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < mono.length; i++) {
      for (int channel = 0; channel < channels; channel++) {
        bytes.putShort(mono[channel == 0 ? i : mono.length - 1 - i]);
      }
    }
    Files.write(pcm, bytes.array());
  }

  /** Writes the payloads that the codec's own encoder makes of the samples. */
  void writePackets(CodecCase.Agreed agreed) throws IOException, MediaSetupException {
    short[] source = readPcm();
    ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
    List<byte[]> payloads = new ArrayList<>();
    try (AudioEncoder encoder = agreed.factory().createEncoder(agreed.parameters())) {
      for (int i = 0; i < source.length; i += agreed.elementsPerFrame()) {
        out.clear();
        int bytes = encoder.encode(source, i, agreed.parameters().samplesPerFrame(), out);
        if (bytes <= 0) {
          throw new IOException(codec.title + ": nothing encoded, status " + bytes);
        }
        byte[] payload = new byte[bytes];
        out.get(0, payload);
        payloads.add(payload);
      }
    }
    writePackets(payloads);
  }

  /** Writes payloads. */
  void writePackets(List<byte[]> payloads) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (byte[] payload : payloads) {
      out.writeShort(payload.length);
      out.write(payload);
    }
    Files.write(packets, bytes.toByteArray());
  }

  /** Writes the payloads one behind the other, as files hold them, so many times. */
  void writeStream(Path file, String header, int times) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.write(header.getBytes(StandardCharsets.US_ASCII));
    List<byte[]> payloads = readPackets();
    for (int i = 0; i < times; i++) {
      payloads.forEach(stream::writeBytes);
    }
    Files.write(file, stream.toByteArray());
  }

  /** Reads the samples. */
  short[] readPcm() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(pcm)).order(ByteOrder.LITTLE_ENDIAN);
    short[] samples = new short[bytes.remaining() / 2];
    bytes.asShortBuffer().get(samples);
    return samples;
  }

  /** Reads the payloads. */
  List<byte[]> readPackets() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(packets));
    List<byte[]> payloads = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] payload = new byte[bytes.getShort() & 0xFFFF];
      bytes.get(payload);
      payloads.add(payload);
    }
    return payloads;
  }
}
