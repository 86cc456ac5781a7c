package org.mediacore.tck;

import java.nio.ByteBuffer;
import java.util.List;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.EncoderTuning;

/** Encoders and decoders at work: frames, losses, bad payloads, tuning, a pause, and the end. */
final class CodecExercise implements BundleExercise {
  private static final int FRAMES = 16;
  private static final int LOST = 4;
  private static final int RECOVERED = 7;
  private static final int TUNED = 9;
  private static final int BAD = 12;
  private static final int PAUSED = 14;

  private final List<CodecPair> pairs;

  CodecExercise(List<CodecPair> pairs) {
    this.pairs = pairs;
  }

  @Override
  public int steps() {
    return FRAMES + 1;
  }

  @Override
  public void step(int index, Results results) {
    for (int i = 0; i < pairs.size(); i++) {
      CodecPair pair = pairs.get(i);
      if (index == FRAMES) {
        closeAndUse(pair, results);
      } else {
        frame(pair, i + 1, index, results);
      }
    }
  }

  private static void frame(CodecPair pair, int seed, int index, Results results) {
    String what = pair.parameters.descriptor().rtpmap() + " frame " + index + ", ";
    if (index == TUNED) {
      EncoderTuning tuning =
          EncoderTuning.builder()
              .bitrateBps(24_000)
              .expectedLossPercent(20)
              .inbandFec(true)
              .build();
      results.add(what + "tune", Boolean.toString(pair.encoder.tune(tuning)));
    }
    if (index == PAUSED) {
      pause(pair, what, results);
    }
    byte[] payload = pair.encode(seed, index);
    results.add(what + "payload", payload);
    if (payload.length == 0) {
      return; // nothing was sent
    }
    results.add(what + "samplesIn", pair.decoder.samplesIn(ByteBuffer.wrap(payload)));
    if (index == BAD) {
      results.add(what + "empty payload", pair.decodeStatus(new byte[0]));
      ByteBuffer out = ByteBuffer.allocate(65_536);
      results.add(what + "short frame", pair.encoder.encode(new short[8], 0, 1, out));
    }
    short[] filled = new short[pair.expectedSamples() * pair.receiveChannels()];
    if (index == RECOVERED) {
      int samples = pair.expectedSamples();
      for (int behind = samples; behind >= 0; behind -= samples) {
        int status = pair.decoder.recover(ByteBuffer.wrap(payload), behind, samples, filled, 0);
        results
            .add(what + "recover " + behind, MediaStatus.nameOf(status))
            .add(what + "recovered " + behind, filled);
      }
    }
    if (index == LOST) {
      int status = pair.decoder.conceal(pair.expectedSamples(), filled, 0);
      results.add(what + "conceal", MediaStatus.nameOf(status)).add(what + "concealed", filled);
      pair.decoder.hurry(true);
      status = pair.decoder.conceal(pair.expectedSamples(), filled, 0);
      pair.decoder.hurry(false);
      results.add(what + "hurried", MediaStatus.nameOf(status)).add(what + "in a hurry", filled);
    } else {
      results.add(what + "decode", pair.decode(payload));
    }
  }

  /** A described pause, which the next payload ends. */
  private static void pause(CodecPair pair, String what, Results results) {
    int described = pair.encoder.describePause(ByteBuffer.allocate(1_500));
    int status = pair.decoder.pause(ByteBuffer.wrap(new byte[] {60, 100, 127}));
    short[] noise = new short[pair.expectedSamples() * pair.receiveChannels()];
    results
        .add(what + "describePause", described)
        .add(what + "pause", MediaStatus.nameOf(status))
        .add(what + "pauses", Boolean.toString(pair.decoder.pauses()));
    if (pair.decoder.pauses()) {
      results
          .add(what + "noise", pair.decoder.conceal(pair.expectedSamples(), noise, 0))
          .add(what + "of noise", noise);
    }
  }

  private static String hurryWhenClosed(CodecPair pair) {
    pair.decoder.hurry(true);
    return "nothing";
  }

  private static void closeAndUse(CodecPair pair, Results results) {
    pair.close();
    pair.close();
    ByteBuffer out = ByteBuffer.allocate(65_536);
    short[] frame = pair.frame(1, 0);
    results
        .add(
            "encode when closed",
            pair.encoder.encode(frame, 0, pair.parameters.samplesPerFrame(), out))
        .add("decode when closed", pair.decodeStatus(new byte[] {1, 2, 3, 4}))
        .add("hurry when closed", hurryWhenClosed(pair))
        .add("pause when closed", pair.decoder.pause(ByteBuffer.wrap(new byte[] {60})))
        .add("conceal when closed", pair.concealStatus())
        .add("recover when closed", pair.recoverStatus(new byte[] {1, 2, 3, 4}));
  }

  @Override
  public void close() {
    pairs.forEach(CodecPair::close);
  }
}
