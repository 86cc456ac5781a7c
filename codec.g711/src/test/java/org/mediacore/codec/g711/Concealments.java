package org.mediacore.codec.g711;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mediacore.dsp.FadingConcealer;
import org.mediacore.dsp.companding.CompandingLaw;

/** Audio with losses through the concealments that are compared. */
enum Concealments {
  /** A decoder of this bundle. */
  OURS {
    @Override
    short[] run(short[] clean, boolean[] lost) {
      short[] out = new short[clean.length];
      try (G711Decoder decoder = new G711Decoder(CompandingLaw.A_LAW, 960)) {
        for (int i = 0; i < lost.length; i++) {
          if (lost[i]) {
            decoder.conceal(FRAME, out, i * FRAME);
          } else {
            decoder.decode(ByteBuffer.wrap(encoded(clean, i * FRAME)), out, i * FRAME);
          }
        }
      }
      return out;
    }
  },

  /** ITU-T G.711 Appendix I, its delay taken out again. */
  APPENDIX_I {
    @Override
    short[] run(short[] clean, boolean[] lost) {
      AppendixI concealer = new AppendixI();
      short[] late = new short[clean.length + FRAME];
      for (int i = 0; i <= lost.length; i++) {
        short[] frame = new short[FRAME];
        if (i < lost.length && lost[i]) {
          concealer.lost(frame);
        } else {
          int count = Math.min(FRAME, clean.length - i * FRAME);
          System.arraycopy(clean, i * FRAME, frame, 0, count);
          concealer.good(frame);
        }
        System.arraycopy(frame, 0, late, i * FRAME, FRAME);
      }
      return Arrays.copyOfRange(late, AppendixI.DELAY, AppendixI.DELAY + clean.length);
    }
  },

  /** What the platform does for codecs that have none. */
  PLATFORM {
    @Override
    short[] run(short[] clean, boolean[] lost) {
      FadingConcealer concealer = new FadingConcealer(8_000, 1);
      short[] out = clean.clone();
      for (int i = 0; i < lost.length; i++) {
        if (lost[i]) {
          concealer.conceal(out, i * FRAME, FRAME);
        } else {
          concealer.good(out, i * FRAME, FRAME);
        }
      }
      return out;
    }
  };

  private static final int FRAME = AppendixI.FRAME;

  /** Conceals in steps of 10 ms. */
  abstract short[] run(short[] clean, boolean[] lost);

  /** What a decoder makes of audio that comes complete. */
  static short[] throughCodec(short[] pcm) {
    short[] out = new short[pcm.length];
    for (int i = 0; i < pcm.length; i++) {
      out[i] = CompandingLaw.A_LAW.decode(code(pcm[i]));
    }
    return out;
  }

  private static byte[] encoded(short[] pcm, int from) {
    byte[] payload = new byte[FRAME];
    for (int i = 0; i < FRAME; i++) {
      payload[i] = code(pcm[from + i]);
    }
    return payload;
  }

  private static byte code(short sample) {
    return CompandingLaw.A_LAW.encode(sample);
  }
}
