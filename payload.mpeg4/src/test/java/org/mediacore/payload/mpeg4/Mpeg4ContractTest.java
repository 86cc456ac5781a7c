package org.mediacore.payload.mpeg4;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.payload.PayloadFormat;
import org.mediacore.tck.PayloadFormatBundleContract;
import org.mediacore.tck.PayloadFormatContract;

/** The platform's contracts, kept by both formats, in a container, too. */
class Mpeg4ContractTest {
  /** Both formats carry what the same codec makes. */
  abstract static class Carrying extends PayloadFormatContract {
    @Override
    protected CodecDescriptor codec() {
      return Payloads.codec();
    }
  }

  @Nested
  class HighBitRate extends Carrying {
    @Override
    protected PayloadFormat format() {
      return new GenericFormat();
    }

    @Override
    protected int longestFrameBytes() {
      return 8_191;
    }
  }

  /** What AAC-lbr can carry, AAC-hbr can as well. */
  @Nested
  class LowBitRate extends Carrying {
    @Override
    protected PayloadFormat format() {
      return new GenericFormat();
    }

    @Override
    protected List<Fmtp> declarations() {
      return List.of(Payloads.LOW);
    }

    @Override
    protected int longestFrameBytes() {
      return 63;
    }
  }

  @Nested
  class Latm extends Carrying {
    @Override
    protected PayloadFormat format() {
      return new LatmFormat();
    }

    @Override
    protected List<Fmtp> declarations() {
      return List.of(Fmtp.parse("profile-level-id=41;cpresent=0;config=40002310"));
    }

    @Override
    protected int longestFrameBytes() {
      return 8_191;
    }
  }

  @Nested
  class GenericBundle extends PayloadFormatBundleContract {
    @Override
    protected String encoding() {
      return "mpeg4-generic";
    }

    @Override
    protected CodecDescriptor codec() {
      return Payloads.codec();
    }
  }

  @Nested
  class LatmBundle extends PayloadFormatBundleContract {
    @Override
    protected String encoding() {
      return "MP4A-LATM";
    }

    @Override
    protected CodecDescriptor codec() {
      return Payloads.codec();
    }
  }
}
