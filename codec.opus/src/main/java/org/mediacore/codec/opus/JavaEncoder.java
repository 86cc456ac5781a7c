package org.mediacore.codec.opus;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusMode;
import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;

/** An encoder of Concentus. */
final class JavaEncoder implements EncoderCore {
  private final OpusEncoder encoder;
  private final byte[] payload = new byte[OpusPacket.MAX_FRAME_BYTES];

  JavaEncoder(OpusEncoder encoder) {
    this.encoder = encoder;
  }

  static OpusApplication applicationOf(Application application) {
    return switch (application) {
      case VOIP -> OpusApplication.OPUS_APPLICATION_VOIP;
      case AUDIO -> OpusApplication.OPUS_APPLICATION_AUDIO;
      case LOWDELAY -> OpusApplication.OPUS_APPLICATION_RESTRICTED_LOWDELAY;
    };
  }

  @Override
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out, int maxBytes) {
    try {
      int bytes = encoder.encode(pcm, offset, samples, payload, 0, maxBytes);
      out.put(out.position(), payload, 0, bytes);
      return bytes;
    } catch (OpusException | RuntimeException | AssertionError broken) {
      encoder.resetState();
      return MediaStatus.FAILED;
    }
  }

  @Override
  public boolean set(EncoderControl control, int value) {
    switch (control) {
      case BITRATE_BPS -> encoder.setBitrate(value);
      case MAX_BANDWIDTH -> encoder.setMaxBandwidth(bandwidthOf(value));
      case VARIABLE_BITRATE -> encoder.setUseVBR(value != 0);
      case COMPLEXITY -> encoder.setComplexity(value);
      case INBAND_FEC -> encoder.setUseInbandFEC(value != 0);
      case LOSS_PERCENT -> encoder.setPacketLossPercent(value);
      case DTX -> encoder.setUseDTX(value != 0);
      case PREDICTION_DISABLED -> encoder.setPredictionDisabled(value != 0);
      case MODE ->
          encoder.setForceMode(
              value == EncoderControl.CELT_ONLY ? OpusMode.MODE_CELT_ONLY : OpusMode.MODE_AUTO);
      case DEEP_REDUNDANCY -> {
        return false;
      }
    }
    return true;
  }

  private static OpusBandwidth bandwidthOf(int code) {
    for (Bandwidth bandwidth : Bandwidth.values()) {
      if (bandwidth.code() == code) {
        return switch (bandwidth) {
          case NARROW -> OpusBandwidth.OPUS_BANDWIDTH_NARROWBAND;
          case MEDIUM -> OpusBandwidth.OPUS_BANDWIDTH_MEDIUMBAND;
          case WIDE -> OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND;
          case SUPER_WIDE -> OpusBandwidth.OPUS_BANDWIDTH_SUPERWIDEBAND;
          case FULL -> OpusBandwidth.OPUS_BANDWIDTH_FULLBAND;
        };
      }
    }
    throw new IllegalArgumentException("no bandwidth has the code " + code);
  }

  @Override
  public int finalRange() {
    return encoder.getFinalRange();
  }

  @Override
  public void close() {
    // The garbage collector has it.
  }
}
