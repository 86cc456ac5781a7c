package org.mediacore.dsp;

import org.mediacore.dsp.companding.CompandingLaw;

/**
 * How samples stand in bytes: in files, on the wire, at a device.
 *
 * <p>Values and rounding are those of {@link Samples} and {@link CompandingLaw}: to a format that
 * is at least as wide they are exact; to a narrower one rounded to the nearest, halves up, and
 * saturated, never wrapped. A-law and µ-law take 16 bits; a float is rounded to those first.
 *
 * <p>Immutable; any thread. Nothing is allocated per call. Offsets count array elements, counts are
 * samples times channels.
 */
public enum SampleFormat {
  /** Signed 16-bit, little-endian: WAVE, most devices. */
  S16_LE(2, new Linear16(0, 1)),
  /** Signed 16-bit, network order: L16 of RFC 3551 §4.5.11. */
  S16_BE(2, new Linear16(1, 0)),
  /** Signed 24-bit in three bytes, little-endian: WAVE. */
  S24_LE(3, new Linear24(0, 2)),
  /** Signed 24-bit in three bytes, network order: L24 of RFC 3190 §4. */
  S24_BE(3, new Linear24(2, 0)),
  /** IEEE 754 float with its full scale at 1.0, little-endian: WAVE. */
  F32_LE(4, new Float32(false)),
  /** IEEE 754 float with its full scale at 1.0, big-endian. */
  F32_BE(4, new Float32(true)),
  /** ITU-T G.711 A-law. */
  A_LAW(1, new Companded(CompandingLaw.A_LAW)),
  /** ITU-T G.711 µ-law. */
  MU_LAW(1, new Companded(CompandingLaw.MU_LAW));

  private final int bytesPerSample;
  private final Coding coding;

  SampleFormat(int bytesPerSample, Coding coding) {
    this.bytesPerSample = bytesPerSample;
    this.coding = coding;
  }

  /** Bytes of one sample of one channel. */
  public int bytesPerSample() {
    return bytesPerSample;
  }

  /**
   * Bytes to 16-bit samples.
   *
   * @param in read from {@code inOffset} on, {@code count * bytesPerSample()} bytes
   * @param out written from {@code outOffset} on
   * @param count how many samples
   */
  public void decode(byte[] in, int inOffset, short[] out, int outOffset, int count) {
    coding.decode(in, inOffset, out, outOffset, count);
  }

  /**
   * Bytes to float samples with their full scale at 1.0; as they are, where they are floats.
   *
   * @param in read from {@code inOffset} on, {@code count * bytesPerSample()} bytes
   * @param out written from {@code outOffset} on
   * @param count how many samples
   */
  public void decode(byte[] in, int inOffset, float[] out, int outOffset, int count) {
    coding.decode(in, inOffset, out, outOffset, count);
  }

  /**
   * 16-bit samples to bytes.
   *
   * @param in read from {@code inOffset} on
   * @param out written from {@code outOffset} on, {@code count * bytesPerSample()} bytes
   * @param count how many samples
   */
  public void encode(short[] in, int inOffset, byte[] out, int outOffset, int count) {
    coding.encode(in, inOffset, out, outOffset, count);
  }

  /**
   * Float samples with their full scale at 1.0 to bytes; as they are, where those are floats.
   *
   * @param in read from {@code inOffset} on
   * @param out written from {@code outOffset} on, {@code count * bytesPerSample()} bytes
   * @param count how many samples
   */
  public void encode(float[] in, int inOffset, byte[] out, int outOffset, int count) {
    coding.encode(in, inOffset, out, outOffset, count);
  }

  /** The loops of one format. */
  private interface Coding {
    void decode(byte[] in, int inOffset, short[] out, int outOffset, int count);

    void decode(byte[] in, int inOffset, float[] out, int outOffset, int count);

    void encode(short[] in, int inOffset, byte[] out, int outOffset, int count);

    void encode(float[] in, int inOffset, byte[] out, int outOffset, int count);
  }

  /**
   * @param low where in a sample its low byte is
   * @param high where its high byte is
   */
  private record Linear16(int low, int high) implements Coding {
    @Override
    public void decode(byte[] in, int inOffset, short[] out, int outOffset, int count) {
      for (int i = 0, at = inOffset; i < count; i++, at += 2) {
        out[outOffset + i] = (short) (in[at + high] << 8 | in[at + low] & 0xFF);
      }
    }

    @Override
    public void decode(byte[] in, int inOffset, float[] out, int outOffset, int count) {
      for (int i = 0, at = inOffset; i < count; i++, at += 2) {
        out[outOffset + i] = (in[at + high] << 8 | in[at + low] & 0xFF) * 0x1p-15f;
      }
    }

    @Override
    public void encode(short[] in, int inOffset, byte[] out, int outOffset, int count) {
      for (int i = 0, at = outOffset; i < count; i++, at += 2) {
        put(in[inOffset + i], out, at);
      }
    }

    @Override
    public void encode(float[] in, int inOffset, byte[] out, int outOffset, int count) {
      for (int i = 0, at = outOffset; i < count; i++, at += 2) {
        put(Samples.floatTo16(in[inOffset + i]), out, at);
      }
    }

    private void put(short value, byte[] out, int at) {
      out[at + low] = (byte) value;
      out[at + high] = (byte) (value >> 8);
    }
  }

  /**
   * @param low where in a sample its low byte is
   * @param high where its high byte is
   */
  private record Linear24(int low, int high) implements Coding {
    @Override
    public void decode(byte[] in, int inOffset, short[] out, int outOffset, int count) {
      for (int i = 0, at = inOffset; i < count; i++, at += 3) {
        out[outOffset + i] = Samples.narrow(get(in, at));
      }
    }

    @Override
    public void decode(byte[] in, int inOffset, float[] out, int outOffset, int count) {
      for (int i = 0, at = inOffset; i < count; i++, at += 3) {
        out[outOffset + i] = get(in, at) * 0x1p-23f;
      }
    }

    @Override
    public void encode(short[] in, int inOffset, byte[] out, int outOffset, int count) {
      for (int i = 0, at = outOffset; i < count; i++, at += 3) {
        put(in[inOffset + i] << 8, out, at);
      }
    }

    @Override
    public void encode(float[] in, int inOffset, byte[] out, int outOffset, int count) {
      for (int i = 0, at = outOffset; i < count; i++, at += 3) {
        put(Samples.floatTo24(in[inOffset + i]), out, at);
      }
    }

    private int get(byte[] in, int at) {
      return in[at + high] << 16 | (in[at + 1] & 0xFF) << 8 | in[at + low] & 0xFF;
    }

    private void put(int value, byte[] out, int at) {
      out[at + low] = (byte) value;
      out[at + 1] = (byte) (value >> 8);
      out[at + high] = (byte) (value >> 16);
    }
  }

  private record Float32(boolean bigEndian) implements Coding {
    @Override
    public void decode(byte[] in, int inOffset, short[] out, int outOffset, int count) {
      for (int i = 0, at = inOffset; i < count; i++, at += 4) {
        out[outOffset + i] = Samples.floatTo16(get(in, at));
      }
    }

    @Override
    public void decode(byte[] in, int inOffset, float[] out, int outOffset, int count) {
      for (int i = 0, at = inOffset; i < count; i++, at += 4) {
        out[outOffset + i] = get(in, at);
      }
    }

    @Override
    public void encode(short[] in, int inOffset, byte[] out, int outOffset, int count) {
      for (int i = 0, at = outOffset; i < count; i++, at += 4) {
        put(in[inOffset + i] * 0x1p-15f, out, at);
      }
    }

    @Override
    public void encode(float[] in, int inOffset, byte[] out, int outOffset, int count) {
      for (int i = 0, at = outOffset; i < count; i++, at += 4) {
        put(in[inOffset + i], out, at);
      }
    }

    private float get(byte[] in, int at) {
      int bits =
          in[at] & 0xFF | (in[at + 1] & 0xFF) << 8 | (in[at + 2] & 0xFF) << 16 | in[at + 3] << 24;
      return Float.intBitsToFloat(bigEndian ? Integer.reverseBytes(bits) : bits);
    }

    private void put(float value, byte[] out, int at) {
      int bits = Float.floatToRawIntBits(value);
      int ordered = bigEndian ? Integer.reverseBytes(bits) : bits;
      out[at] = (byte) ordered;
      out[at + 1] = (byte) (ordered >> 8);
      out[at + 2] = (byte) (ordered >> 16);
      out[at + 3] = (byte) (ordered >> 24);
    }
  }

  private record Companded(CompandingLaw law) implements Coding {
    @Override
    public void decode(byte[] in, int inOffset, short[] out, int outOffset, int count) {
      law.decode(in, inOffset, out, outOffset, count);
    }

    @Override
    public void decode(byte[] in, int inOffset, float[] out, int outOffset, int count) {
      for (int i = 0; i < count; i++) {
        out[outOffset + i] = law.decode(in[inOffset + i]) * 0x1p-15f;
      }
    }

    @Override
    public void encode(short[] in, int inOffset, byte[] out, int outOffset, int count) {
      law.encode(in, inOffset, out, outOffset, count);
    }

    @Override
    public void encode(float[] in, int inOffset, byte[] out, int outOffset, int count) {
      for (int i = 0; i < count; i++) {
        out[outOffset + i] = law.encode(Samples.floatTo16(in[inOffset + i]));
      }
    }
  }
}
