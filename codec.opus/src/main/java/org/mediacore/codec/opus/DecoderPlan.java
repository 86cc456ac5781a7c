package org.mediacore.codec.opus;

import org.mediacore.api.codec.AudioFormat;

/**
 * How a decoder is set up. What the library does not have is left out.
 *
 * @param format the audio that it gives
 * @param complexity 0 to 10; from 5 on losses are concealed by a neural network
 * @param deepRedundancy whether deep redundancy in payloads is made use of
 */
record DecoderPlan(AudioFormat format, int complexity, boolean deepRedundancy) {
  static DecoderPlan of(AudioFormat format, OpusSettings settings) {
    return new DecoderPlan(format, settings.decoderComplexity(), settings.dredMs() > 0);
  }
}
