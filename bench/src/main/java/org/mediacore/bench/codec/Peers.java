package org.mediacore.bench.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which native program each codec stands beside, and the files that it gets. */
final class Peers {
  /** So many times the two seconds of the material: five minutes. */
  private static final int REPEATED = 150;

  /** G.711 is so fast that ffmpeg has to go through its file several times. */
  private static final int G711_LOOPS = 6;

  private static final int ADTS_HEADER_BYTES = 7;

  private final Path folder;
  private final boolean ffmpeg = FfmpegPeer.isInstalled();

  Peers(Path folder) {
    this.folder = folder;
  }

  /** Whether the ffmpeg program is there. */
  boolean hasFfmpeg() {
    return ffmpeg;
  }

  /**
   * The peer of half of a codec.
   *
   * @param frames how many of ours are measured at a time
   * @return empty where there is none here
   */
  Optional<Peer> of(
      CodecCase codec,
      CodecCase.Agreed agreed,
      CodecMaterial material,
      Direction direction,
      int frames)
      throws IOException {
    if (codec == CodecCase.OPUS) {
      return LibopusPeer.start(material, direction, frames);
    }
    String format = ffmpegFormat(codec);
    boolean codes = direction == Direction.DECODE || codec.hasFfmpegEncoder();
    if (!ffmpeg || format.isEmpty() || !codes) {
      return Optional.empty();
    }
    List<String> input = new ArrayList<>();
    int loops = format.endsWith("law") ? G711_LOOPS : 1;
    if (loops > 1) {
      input.addAll(List.of("-stream_loop", "" + (loops - 1)));
    }
    if (direction == Direction.ENCODE) {
      input.addAll(pcmFormat(agreed.sampleRateHz()));
      input.addAll(List.of("-i", repeatedPcm(codec, material).toString()));
    } else {
      input.addAll(List.of("-f", format));
      if (format.endsWith("law")) {
        input.addAll(List.of("-ar", "" + agreed.sampleRateHz(), "-ac", "1"));
      }
      input.addAll(List.of("-i", stream(codec, material, format).toString()));
    }
    List<String> coding =
        direction == Direction.DECODE
            ? List.of("-c:a", "pcm_s16le")
            : List.of("-c:a", format.endsWith("law") ? "pcm_" + format : format);
    double held = (double) material.readPackets().size() * REPEATED * loops;
    return Optional.of(new FfmpegPeer(input, coding, held));
  }

  private static List<String> pcmFormat(int sampleRateHz) {
    return List.of("-f", "s16le", "-ar", "" + sampleRateHz, "-ac", "1");
  }

  /** What ffmpeg calls the format of files that hold nothing but this codec; empty for none. */
  private static String ffmpegFormat(CodecCase codec) {
    return switch (codec) {
      case MU_LAW -> "mulaw";
      case A_LAW -> "alaw";
      case G722 -> "g722";
      case ILBC_20, ILBC_30 -> "ilbc";
      case AAC -> "aac";
      default -> "";
    };
  }

  private Path repeatedPcm(CodecCase codec, CodecMaterial material) throws IOException {
    return repeated(Files.readAllBytes(material.pcm()), folder.resolve(codec + ".long.pcm"));
  }

  private static Path repeated(byte[] piece, Path file) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream(piece.length * REPEATED);
    for (int i = 0; i < REPEATED; i++) {
      all.writeBytes(piece);
    }
    return Files.write(file, all.toByteArray());
  }

  /** The coded file: that of AAC is there, the others are payloads one behind the other. */
  private Path stream(CodecCase codec, CodecMaterial material, String format) throws IOException {
    Path file = folder.resolve(codec + "." + format);
    if (codec == CodecCase.AAC) {
      return repeated(Files.readAllBytes(adts()), file);
    }
    String header =
        switch (codec) {
          case ILBC_20 -> "#!iLBC20\n";
          case ILBC_30 -> "#!iLBC30\n";
          default -> "";
        };
    material.writeStream(file, header, REPEATED);
    return file;
  }

  private Path adts() {
    return folder.resolve("voice.aac");
  }

  /** Has ffmpeg encode AAC-LC, which the platform only decodes at this rate. */
  void encodeAac(CodecCase.Agreed agreed, CodecMaterial material) throws IOException {
    List<String> coding = List.of("-c:a", "aac", "-b:a", "64k", "-f", "adts");
    FfmpegPeer.convert(material.pcm(), pcmFormat(agreed.sampleRateHz()), adts(), coding);
    byte[] stream = Files.readAllBytes(adts());
    List<byte[]> payloads = new ArrayList<>();
    for (int at = 0; at + ADTS_HEADER_BYTES <= stream.length; ) {
      int length =
          (stream[at + 3] & 3) << 11 | (stream[at + 4] & 0xFF) << 3 | (stream[at + 5] & 0xFF) >> 5;
      payloads.add(Arrays.copyOfRange(stream, at + ADTS_HEADER_BYTES, at + length));
      at += length;
    }
    material.writePackets(payloads);
  }
}
