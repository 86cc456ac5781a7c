package org.mediacore.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Sound that was recorded, as one channel; several channels are averaged.
 *
 * @param sampleRateHz the sampling rate in Hz
 * @param pcm samples, full scale is ±1
 */
record Recording(int sampleRateHz, double[] pcm) {
  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;

  Recording {
    if (sampleRateHz < 1) {
      throw new IllegalArgumentException("sampleRateHz " + sampleRateHz);
    }
  }

  /** Makes a sine with the given peak (full scale is 1). */
  static Recording tone(int sampleRateHz, double frequencyHz, double peak, Duration length) {
    double[] pcm = new double[(int) (length.toMillis() * sampleRateHz / 1000)];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = peak * Math.sin(2 * Math.PI * frequencyHz * i / sampleRateHz);
    }
    return new Recording(sampleRateHz, pcm);
  }

  /**
   * Reads a RIFF WAV file of 16-bit PCM. A file that is still being written, whose header says a
   * data length of 0 or more than there is, is read to its end.
   *
   * @throws IllegalArgumentException if it is not such a file
   */
  static Recording read(Path wav) {
    ByteBuffer file;
    try {
      file = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (file.limit() < RIFF_HEADER || !id(file, 0).equals("RIFF") || !id(file, 8).equals("WAVE")) {
      throw new IllegalArgumentException(wav + ": not a WAV file");
    }
    int formatAt = -1;
    int at = RIFF_HEADER;
    while (at + CHUNK_HEADER <= file.limit()) {
      String chunk = id(file, at);
      long length = Integer.toUnsignedLong(file.getInt(at + 4));
      if (chunk.equals("fmt ")) {
        formatAt = at + CHUNK_HEADER;
      } else if (chunk.equals("data") && formatAt > 0) {
        long there = file.limit() - (at + CHUNK_HEADER);
        return decode(
            wav, file, formatAt, at + CHUNK_HEADER, length == 0 ? there : Math.min(length, there));
      }
      at = (int) Math.min(file.limit(), at + CHUNK_HEADER + length + (length & 1));
    }
    throw new IllegalArgumentException(wav + ": no fmt and data chunk");
  }

  private static Recording decode(Path wav, ByteBuffer file, int format, int data, long length) {
    int channels = file.getShort(format + 2);
    int bits = file.getShort(format + 14);
    if (bits != 16 || channels < 1) {
      throw new IllegalArgumentException(wav + ": " + bits + " bits, " + channels + " channels");
    }
    double[] pcm = new double[(int) (length / 2 / channels)];
    for (int i = 0; i < pcm.length; i++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += file.getShort(data + 2 * (i * channels + c));
      }
      pcm[i] = sum / channels / 32768;
    }
    return new Recording(file.getInt(format + 4), pcm);
  }

  private static String id(ByteBuffer file, int at) {
    return new String(file.array(), at, 4, StandardCharsets.US_ASCII);
  }

  /** The samples in 16 bits; what is beyond full scale is cut. */
  short[] pcm16() {
    short[] samples = new short[pcm.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.max(-32768, Math.min(32767, Math.round(pcm[i] * 32768)));
    }
    return samples;
  }

  /** This one, and {@code next} behind it. */
  Recording then(Recording next) {
    if (next.sampleRateHz != sampleRateHz) {
      throw new IllegalArgumentException(sampleRateHz + " Hz, then " + next.sampleRateHz);
    }
    double[] both = Arrays.copyOf(pcm, pcm.length + next.pcm.length);
    System.arraycopy(next.pcm, 0, both, pcm.length, next.pcm.length);
    return new Recording(sampleRateHz, both);
  }

  /** Writes a mono 16-bit WAV file. */
  void write(Path wav) {
    int dataBytes = 2 * pcm.length;
    ByteBuffer out = ByteBuffer.allocate(44 + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + dataBytes);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    out.putShort((short) 1).putShort((short) 1).putInt(sampleRateHz).putInt(2 * sampleRateHz);
    out.putShort((short) 2).putShort((short) 16);
    out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
    for (short sample : pcm16()) {
      out.putShort(sample);
    }
    try {
      Files.write(wav, out.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Duration length() {
    return Duration.ofNanos(pcm.length * 1_000_000_000L / sampleRateHz);
  }

  /** The level over the whole recording: a full-scale square wave is 0 dBFS; silence -200. */
  double levelDbfs() {
    double energy = 0;
    for (double sample : pcm) {
      energy += sample * sample;
    }
    return pcm.length == 0 ? -200 : Math.max(-200, 10 * Math.log10(energy / pcm.length));
  }
}
