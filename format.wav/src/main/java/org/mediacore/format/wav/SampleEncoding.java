package org.mediacore.format.wav;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.mediacore.dsp.companding.CompandingLaw;

/**
 * How a WAVE file holds a sample, by the format tag and bits of its {@code fmt } chunk (Multimedia
 * Programming Interface and Data Specifications 1.0, and mmreg.h for the tags). Wider samples are
 * cut to 16 bits, so that 16-bit audio that was widened comes back exactly.
 */
enum SampleEncoding {
  UNSIGNED_8(1) {
    @Override
    short next(ByteBuffer from) {
      return (short) ((from.get() & 0xFF) - 128 << 8);
    }
  },
  SIGNED_16(2) {
    @Override
    short next(ByteBuffer from) {
      return from.getShort();
    }
  },
  SIGNED_24(3) {
    @Override
    short next(ByteBuffer from) {
      from.get();
      return from.getShort();
    }
  },
  SIGNED_32(4) {
    @Override
    short next(ByteBuffer from) {
      from.getShort();
      return from.getShort();
    }
  },
  FLOAT_32(4) {
    @Override
    short next(ByteBuffer from) {
      float scaled = from.getFloat() * 32_768f;
      return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(scaled)));
    }
  },
  A_LAW(1) {
    @Override
    short next(ByteBuffer from) {
      return CompandingLaw.A_LAW.decode(from.get());
    }
  },
  MU_LAW(1) {
    @Override
    short next(ByteBuffer from) {
      return CompandingLaw.MU_LAW.decode(from.get());
    }
  };

  private static final int TAG_PCM = 1;
  private static final int TAG_FLOAT = 3;
  private static final int TAG_A_LAW = 6;
  private static final int TAG_MU_LAW = 7;

  /** Bytes of one sample of one channel. */
  final int bytes;

  SampleEncoding(int bytes) {
    this.bytes = bytes;
  }

  /** Takes one sample from a little-endian buffer. */
  abstract short next(ByteBuffer from);

  /** The encoding of a format tag and its bits per sample. */
  static SampleEncoding of(int tag, int bits) throws IOException {
    if (tag == TAG_PCM && bits == 8) {
      return UNSIGNED_8;
    } else if (tag == TAG_PCM && bits == 16) {
      return SIGNED_16;
    } else if (tag == TAG_PCM && bits == 24) {
      return SIGNED_24;
    } else if (tag == TAG_PCM && bits == 32) {
      return SIGNED_32;
    } else if (tag == TAG_FLOAT && bits == 32) {
      return FLOAT_32;
    } else if (tag == TAG_A_LAW && bits == 8) {
      return A_LAW;
    } else if (tag == TAG_MU_LAW && bits == 8) {
      return MU_LAW;
    }
    throw new IOException(
        String.format(
            "WAVE format 0x%04x with %d bits is not supported; PCM of 8, 16, 24 or 32 bits, "
                + "32-bit float, A-law and \u00b5-law are",
            tag, bits));
  }
}
