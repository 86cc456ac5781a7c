package org.mediacore.codec.opus;

import java.util.List;
import java.util.Map;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.Fmtp;

/** The platform's contract, kept by libopus with everything on that is off by default. */
class OpusDredContractTest extends OpusContractTest {
  @Override
  protected AudioCodecFactory factory() {
    Map<String, Object> keys =
        Map.of("dred", 500, "decoder.complexity", 7, "loss", 20, "bitrate", 64_000, "cbr", true);
    return new OpusCodecFactory(
        engine(), OpusSettings.read(keys, OpusSettings.DEFAULT, AssertionError::new));
  }

  @Override
  protected List<Fmtp> configurations() {
    return List.of(Fmtp.parse("stereo=1;sprop-stereo=1"));
  }
}
