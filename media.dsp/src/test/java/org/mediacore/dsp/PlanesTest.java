package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class PlanesTest {

  @Test
  void shortsAreSplitAndJoined() {
    short[] interleaved = {9, 1, 2, 3, 4, 5, 6};
    short[][] planes = new short[3][3];
    Planes.split(interleaved, 1, planes, 1, 2);
    assertArrayEquals(new short[][] {{0, 1, 4}, {0, 2, 5}, {0, 3, 6}}, planes);
    short[] joined = new short[7];
    Planes.join(planes, 1, joined, 1, 2);
    assertArrayEquals(new short[] {0, 1, 2, 3, 4, 5, 6}, joined);
  }

  @Test
  void floatsAreSplitAndJoined() {
    float[] interleaved = {9, 1, 2, 3, 4};
    float[][] planes = new float[2][2];
    Planes.split(interleaved, 1, planes, 0, 2);
    assertArrayEquals(new float[][] {{1, 3}, {2, 4}}, planes);
    float[] joined = new float[5];
    Planes.join(planes, 0, joined, 1, 2);
    assertArrayEquals(new float[] {0, 1, 2, 3, 4}, joined);
  }
}
