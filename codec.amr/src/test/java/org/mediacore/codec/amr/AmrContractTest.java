package org.mediacore.codec.amr;

import java.util.List;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.tck.AudioCodecFactoryContract;

class AmrContractTest extends AudioCodecFactoryContract {
  private final AmrCodecFactory factory = Amr.factory();

  @Override
  protected AudioCodecFactory factory() {
    return factory;
  }

  @Override
  protected List<Fmtp> configurations() {
    return List.of(
        Fmtp.parse("octet-align=1"),
        Fmtp.parse("mode-set=0,2;mode-change-period=2;mode-change-neighbor=1"));
  }

  @Override
  protected int createCloseCycles() {
    return 4_000;
  }

  /** A frame of AMR-WB takes milliseconds; the code around it is small and soon compiled. */
  @Override
  protected int warmUpFrames() {
    return 400;
  }
}
