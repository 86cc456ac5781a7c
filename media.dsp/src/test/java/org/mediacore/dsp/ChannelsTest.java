package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChannelsTest {

  @Test
  void stereoIsAveragedWithoutClippingAndHalvesRoundUp() {
    short[] stereo = {32767, 32767, -32768, -32768, 32767, -32768, 3, 4, -3, -4, 100, -100, 9, 9};
    short[] mono = new short[7];
    Channels.stereoToMono(stereo, 2, mono, 1, 6);
    assertArrayEquals(new short[] {0, -32768, 0, 4, -3, 0, 9}, mono);
    Channels.stereoToMono(stereo, 0, mono, 0, 1);
    assertArrayEquals(new short[] {32767, -32768, 0, 4, -3, 0, 9}, mono);
  }

  @Test
  void monoThroughStereoIsTheOriginalForEveryValue() {
    short[] mono = new short[65536];
    for (int i = 0; i < mono.length; i++) {
      mono[i] = (short) i;
    }
    short[] stereo = new short[131072];
    short[] back = new short[65536];
    Channels.monoToStereo(mono, 0, stereo, 0, mono.length);
    Channels.stereoToMono(stereo, 0, back, 0, mono.length);
    assertArrayEquals(mono, back);
  }

  @Test
  void bothDirectionsWorkInPlace() {
    short[] pcm = {1, 2, 3, 0, 0, 0};
    Channels.monoToStereo(pcm, 0, pcm, 0, 3);
    assertArrayEquals(new short[] {1, 1, 2, 2, 3, 3}, pcm);
    Channels.stereoToMono(pcm, 0, pcm, 0, 3);
    assertArrayEquals(new short[] {1, 2, 3}, Arrays.copyOf(pcm, 3));
  }

  @Test
  void convertChoosesByChannelCounts() {
    short[] in = {10, 20, 30, 40};
    short[] out = new short[9];
    Channels.convert(in, 0, 2, out, 0, 1, 2);
    Channels.convert(in, 0, 1, out, 2, 2, 1);
    Channels.convert(in, 0, 2, out, 4, 2, 2);
    Channels.convert(in, 3, 1, out, 8, 1, 1);
    assertArrayEquals(new short[] {15, 35, 10, 10, 10, 20, 30, 40, 40}, out);
  }
}
