package org.mediacore.codec.ilbc;

import java.util.Arrays;

/**
 * Where the parameters of a frame stand in its bits (RFC 3951 §3.8, table 3.2). Each parameter is
 * cut into up to three pieces, the high bits first. All first pieces come first, then all second
 * ones, so that the bits that matter most stand together at the front:
 *
 * <pre>
 *  0                                                                          303 or 399
 *  +------------------+-----------------------+-----------------------------------+-+
 *  | class 1 of all   | class 2 of all        | class 3 of all                    |E|
 *  +------------------+-----------------------+-----------------------------------+-+
 * </pre>
 *
 * <p>Within a class: line spectral frequencies, place of the start state, its side, its scale, its
 * samples, codebook indices and gains of the boundary, then of the outer sub-blocks. E is 1 in an
 * empty frame. Parameters are kept as {@code int[] fields} in this order.
 */
final class FrameLayout {
  private static final int CLASSES = 3;

  private static final FrameLayout LAYOUT_20 =
      new FrameLayout(
          FrameMode.MODE_20,
          new String[] {"600", "700", "700"},
          "200",
          new String[] {"601", "007", "007", "203", "112", "003"},
          new String[] {"701", "007", "007", "008", "008", "008"},
          new String[] {"122", "112", "003", "113", "022", "003"});

  private static final FrameLayout LAYOUT_30 =
      new FrameLayout(
          FrameMode.MODE_30,
          new String[] {"600", "700", "700", "600", "700", "700"},
          "300",
          new String[] {"421", "007", "007", "113", "112", "003"},
          new String[] {
            "611", "007", "007", "071", "008", "008", "071", "008", "008", "071", "008", "008"
          },
          new String[] {
            "122", "121", "003", "023", "022", "003", "014", "013", "003", "014", "013", "003"
          });

  /** First field of the line spectral frequencies, three per set. */
  final int lsf = 0;

  /** The pair of sub-blocks that holds the start state, counted from 1. */
  final int statePlace;

  /** 1 where the start state is at the front of its two sub-blocks, 0 at the end. */
  final int stateAtFront;

  /** The start state's scale. */
  final int stateScale;

  /** First sample of the start state. */
  final int stateSamples;

  /** First field of the codebook indices of the boundary; as many gains follow. */
  final int boundary;

  /** First codebook index of the outer sub-blocks, three each. */
  final int outerIndices;

  /** First gain of the outer sub-blocks, three each. */
  final int outerGains;

  /** Number of fields. */
  final int fields;

  private final byte[][] widths = new byte[CLASSES][];
  private final int bits;

  private FrameLayout(
      FrameMode mode, String[] lsf, String place, String[] edge, String[] indices, String[] gains) {
    statePlace = lsf.length;
    stateAtFront = statePlace + 1;
    stateScale = stateAtFront + 1;
    stateSamples = stateScale + 1;
    boundary = stateSamples + mode.stateLength;
    outerIndices = boundary + edge.length;
    outerGains = outerIndices + indices.length;
    fields = outerGains + gains.length;
    bits = 8 * mode.bytes;
    String[] all = new String[fields];
    System.arraycopy(lsf, 0, all, 0, lsf.length);
    all[statePlace] = place;
    all[stateAtFront] = "100";
    all[stateScale] = "600";
    Arrays.fill(all, stateSamples, boundary, "012");
    System.arraycopy(edge, 0, all, boundary, edge.length);
    System.arraycopy(indices, 0, all, outerIndices, indices.length);
    System.arraycopy(gains, 0, all, outerGains, gains.length);
    for (int c = 0; c < CLASSES; c++) {
      widths[c] = new byte[fields];
      for (int f = 0; f < fields; f++) {
        widths[c][f] = (byte) (all[f].charAt(c) - '0');
      }
    }
  }

  static FrameLayout of(FrameMode mode) {
    return mode == FrameMode.MODE_20 ? LAYOUT_20 : LAYOUT_30;
  }

  /** The codebook index of a stage in the boundary (block 0) or an outer sub-block (1 ...). */
  int indexField(int block, int stage) {
    return block == 0 ? boundary + stage : outerIndices + (block - 1) * FrameMode.STAGES + stage;
  }

  /** The gain of a stage, as {@link #indexField}. */
  int gainField(int block, int stage) {
    return block == 0
        ? boundary + FrameMode.STAGES + stage
        : outerGains + (block - 1) * FrameMode.STAGES + stage;
  }

  /** Whether the sender marked the frame as empty: its last bit. */
  boolean isEmpty(byte[] data, int offset) {
    return (data[offset + bits / 8 - 1] & 1) != 0;
  }

  /** Writes a frame; the empty mark is 0. */
  void pack(int[] values, byte[] data, int offset) {
    Arrays.fill(data, offset, offset + bits / 8, (byte) 0);
    int at = 8 * offset;
    for (int c = 0; c < CLASSES; c++) {
      for (int f = 0; f < fields; f++) {
        int width = widths[c][f];
        int piece = values[f] >> widthBehind(c, f);
        for (int bit = width - 1; bit >= 0; bit--, at++) {
          data[at >> 3] |= (byte) ((piece >> bit & 1) << (7 - (at & 7)));
        }
      }
    }
  }

  /** Reads a frame. */
  void unpack(byte[] data, int offset, int[] values) {
    Arrays.fill(values, 0);
    int at = 8 * offset;
    for (int c = 0; c < CLASSES; c++) {
      for (int f = 0; f < fields; f++) {
        int width = widths[c][f];
        int value = values[f];
        for (int bit = 0; bit < width; bit++, at++) {
          value = value << 1 | data[at >> 3] >> (7 - (at & 7)) & 1;
        }
        values[f] = value;
      }
    }
  }

  /** Bits of a field that stand in later classes. */
  private int widthBehind(int c, int f) {
    int behind = 0;
    for (int later = c + 1; later < CLASSES; later++) {
      behind += widths[later][f];
    }
    return behind;
  }

  /**
   * Stages 2 and 3 of the first outer sub-block search half of the codebook, whose indices are not
   * in one row; on the wire they are: 0..43 stay, 108..171 become 44..107, 236..255 become 108..127
   * (RFC 3951 §3.6.4).
   */
  void closeGaps(int[] values) {
    for (int stage = 1; stage < FrameMode.STAGES; stage++) {
      int f = indexField(1, stage);
      values[f] -= values[f] >= 236 ? 128 : values[f] >= 108 ? 64 : 0;
    }
  }

  /** The opposite of {@link #closeGaps}. */
  void openGaps(int[] values) {
    for (int stage = 1; stage < FrameMode.STAGES; stage++) {
      int f = indexField(1, stage);
      values[f] += values[f] >= 108 ? 128 : values[f] >= 44 ? 64 : 0;
    }
  }
}
