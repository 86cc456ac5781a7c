package org.mediacore.codec.amr;

import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.EncoderTuning;

/**
 * The two codecs, with what differs between them. A frame type (FT) below {@link #modes} is a
 * speech mode; the one behind is silence (SID); the rest carries nothing or is not used (RFC 4867
 * §3.1, §4.3.2; 3GPP TS 26.101 table 1a, TS 26.201 table 1a).
 */
enum AmrVariant {
  NARROWBAND(
      "AMR",
      8_000,
      new int[] {4_750, 5_150, 5_900, 6_700, 7_400, 7_950, 10_200, 12_200},
      new int[] {95, 103, 118, 134, 148, 159, 204, 244, 39},
      "libopencore_amrnb",
      "libopencore_amrnb"),
  WIDEBAND(
      "AMR-WB",
      16_000,
      new int[] {6_600, 8_850, 12_650, 14_250, 15_850, 18_250, 19_850, 23_050, 23_850},
      new int[] {132, 177, 253, 285, 317, 365, 397, 461, 477, 40},
      "libvo_amrwbenc",
      "libopencore_amrwb");

  /** The frame type of a frame that carries nothing; as a mode request: no preference. */
  static final int NO_DATA = 15;

  /** AMR-WB only: a speech frame that was lost on the way here. */
  static final int SPEECH_LOST = 14;

  /** All frames are of 20 ms. */
  static final int FRAME_US = 20_000;

  /** The most bytes of one frame with its header: AMR-WB at 23.85 kbit/s. */
  static final int MAX_FRAME_BYTES = 61;

  final String encoding;
  final AudioFormat audio;
  final int samplesPerFrame;
  final int modes;
  final String encoderName;
  final String decoderName;
  private final int[] bitratesBps;
  private final int[] frameBits;
  private final EncoderTuning[] requests;

  AmrVariant(
      String encoding,
      int sampleRateHz,
      int[] bitratesBps,
      int[] frameBits,
      String encoderName,
      String decoderName) {
    this.encoding = encoding;
    this.audio = new AudioFormat(sampleRateHz, 1);
    this.samplesPerFrame = audio.samplesIn(20_000);
    this.modes = bitratesBps.length;
    this.bitratesBps = bitratesBps;
    this.frameBits = frameBits;
    this.encoderName = encoderName;
    this.decoderName = decoderName;
    this.requests = new EncoderTuning[modes];
    for (int mode = 0; mode < modes; mode++) {
      requests[mode] = EncoderTuning.builder().bitrateBps(bitratesBps[mode]).build();
    }
  }

  /** Bits per second of a speech mode. */
  int bitrateBps(int mode) {
    return bitratesBps[mode];
  }

  /** The highest speech mode within a bit rate, or the lowest there is. */
  int modeWithin(int bitrateBps) {
    int mode = 0;
    while (mode + 1 < modes && bitratesBps[mode + 1] <= bitrateBps) {
      mode++;
    }
    return mode;
  }

  /** What a request for a speech mode asks of an encoder; the same object each time. */
  EncoderTuning request(int mode) {
    return requests[mode];
  }

  /** The set of all speech modes, one bit per mode. */
  int allModes() {
    return (1 << modes) - 1;
  }

  boolean isSpeech(int frameType) {
    return frameType < modes;
  }

  boolean isSilence(int frameType) {
    return frameType == modes;
  }

  /** Bits of a frame of this type; -1 for a type that a payload must not have. */
  int frameBits(int frameType) {
    if (frameType < frameBits.length) {
      return frameBits[frameType];
    }
    boolean empty = frameType == NO_DATA || frameType == SPEECH_LOST && this == WIDEBAND;
    return empty ? 0 : -1;
  }

  /** Bytes of a frame of this type when padded to whole ones. */
  int frameBytes(int frameType) {
    return (frameBits(frameType) + 7) / 8;
  }
}
