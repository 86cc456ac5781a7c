package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;

/**
 * Plays a script of bytes to a decoder, for fuzz tests: each step is what happens in a call, in any
 * order and with any payload, and must end in a status or the length that was told or asked for.
 * The bytes of a step:
 *
 * <pre>
 *   0: what, modulo 4      1, 2: a number          then, unless it is concealed
 *      0 decode               of the bytes behind     the payload
 *      1 recover, decode
 *      2 conceal              of samples
 *      3 pause                of the bytes behind     the description
 * </pre>
 *
 * Divided by 4, byte 0 says how many quarters of a frame before the payload that ends which is
 * recovered.
 */
public final class DecoderFuzz {
  private static final int HEADER = 3;
  private static final int MARGIN = 16;
  private static final int QUARTERS = 4;
  private static final short MARK = 0x5A5A;

  private final AudioDecoder decoder;
  private final int channels;
  private final int frameSamples;
  private final short[] pcm;
  private final int room;

  /**
   * @param decoder stays the caller's to close
   * @param parameters what it was made from
   */
  public DecoderFuzz(AudioDecoder decoder, CodecParameters parameters) {
    this.decoder = decoder;
    AudioFormat format = parameters.receiveFormat();
    channels = format.channels();
    frameSamples = format.samplesIn(parameters.frameDurationUs());
    room = format.samplesIn(CodecParameters.MAX_PAYLOAD_DURATION_US);
    pcm = new short[room * channels + 2 * MARGIN];
  }

  /**
   * Makes a script of payloads, as a seed: most are decoded, of every eighth a frame before is
   * recovered, up to three frames back, before another eighth one is concealed.
   */
  public static byte[] script(List<byte[]> payloads, int concealedSamples) {
    ByteArrayOutputStream script = new ByteArrayOutputStream();
    for (int i = 0; i < payloads.size(); i++) {
      if (i % 8 == 3) {
        step(script, 2, concealedSamples, new byte[0]);
      }
      byte[] payload = payloads.get(i);
      int back = i / 8 % 4 * QUARTERS;
      step(script, i % 8 == 6 ? 1 | back << 2 : 0, payload.length, payload);
    }
    return script.toByteArray();
  }

  private static void step(ByteArrayOutputStream script, int what, int number, byte[] payload) {
    script.write(what);
    script.write(number >> 8);
    script.write(number);
    script.writeBytes(payload);
  }

  /**
   * Plays it, from an index on; a last step that is cut off has what is there.
   *
   * @return samples per channel that came out
   */
  public long play(byte[] script, int from) {
    long samples = 0;
    int at = from;
    while (at + HEADER <= script.length) {
      int what = script[at] & 3;
      int back = ((script[at] & 0xFF) >> 2) * frameSamples / QUARTERS;
      int number = (script[at + 1] & 0xFF) << 8 | script[at + 2] & 0xFF;
      at += HEADER;
      Arrays.fill(pcm, MARK);
      int got;
      if (what == 2) {
        got = filled(decoder.conceal(number, pcm, MARGIN), number);
      } else {
        byte[] bytes = Arrays.copyOfRange(script, at, Math.min(script.length, at + number));
        at += number;
        got = take(what, back, bytes);
      }
      for (int i = 0; i < MARGIN; i++) {
        assertEquals(MARK, pcm[i], "written before the offset");
        boolean own = pcm.length - 1 - i < MARGIN + got * channels; // concealed to the very end
        assertTrue(own || pcm[pcm.length - 1 - i] == MARK, "written behind the longest payload");
      }
      samples += got;
    }
    return samples;
  }

  private int take(int what, int back, byte[] bytes) {
    ByteBuffer view = ByteBuffer.wrap(bytes.clone());
    int samples = 0;
    if (what == 3) {
      int status = decoder.pause(view);
      assertTrue(status <= 0, "pause: " + status);
      assertTrue(status < 0 || decoder.pauses(), "took a pause, and does not pause");
    } else {
      if (what == 1) {
        int got = decoder.recover(view, back, frameSamples, pcm, MARGIN);
        samples = filled(got, frameSamples);
      }
      samples = Math.max(samples, decode(view));
    }
    assertEquals(0, view.position());
    assertEquals(bytes.length, view.limit());
    assertArrayEquals(bytes, view.array(), "the payload was changed");
    return samples;
  }

  private int decode(ByteBuffer view) {
    int told = decoder.samplesIn(view);
    int got = decoder.decode(view, pcm, MARGIN);
    if (got < 0) {
      assertEquals(MediaStatus.BAD_INPUT, got, MediaStatus.nameOf(got));
      return 0;
    }
    assertEquals(told, got, "samplesIn differs from decode");
    return got;
  }

  private int filled(int got, int wanted) {
    boolean refused =
        got == MediaStatus.UNSUPPORTED || got == MediaStatus.BUFFER_TOO_SMALL && wanted > room;
    assertTrue(refused || got == wanted, wanted + " samples: " + MediaStatus.nameOf(got));
    return Math.max(0, got);
  }

  /** A good payload decodes to its length, whatever was before; the pause is over. */
  public void assertDecodes(byte[] good, int samples) {
    assertEquals(samples, decoder.samplesIn(ByteBuffer.wrap(good)));
    int got = decoder.decode(ByteBuffer.wrap(good), pcm, MARGIN);
    assertEquals(samples, got, MediaStatus.nameOf(got));
    assertFalse(decoder.pauses(), "still pauses");
  }
}
