package org.mediacore.codec.aac;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.EncoderTuning;

/** An encoder of libfdk-aac: one access unit for each frame of samples. */
final class FdkEncoder implements AudioEncoder {
  /** The longest frame: what callers of {@link AudioEncoder#encode} have room for. */
  private static final int MAX_FRAME_BYTES = 1_275;

  private static final int BITS_IN_A_FRAME_PER_CHANNEL = 6_144;
  private static final int CORE_MODULE = 1;
  private static final int RAW = 0;

  private final Runnable onClose;
  private final AacConfig config;
  private final FdkMemory memory;
  private final int elementsPerFrame;
  private final int maxFrameBytes;
  private boolean closed;

  /**
   * @param bitrateBps of all channels
   * @param onClose called when the encoder is closed, not where it cannot be made
   */
  FdkEncoder(AacConfig config, int bitrateBps, Runnable onClose) throws MediaSetupException {
    this.config = config;
    this.onClose = onClose;
    elementsPerFrame = config.samplesPerFrame() * config.channels();
    maxFrameBytes = Math.min(MAX_FRAME_BYTES, BITS_IN_A_FRAME_PER_CHANNEL / 8 * config.channels());
    memory = new FdkMemory(elementsPerFrame, BITS_IN_A_FRAME_PER_CHANNEL / 8 * config.channels());
    try {
      open(bitrateBps);
    } catch (MediaSetupException refused) {
      free();
      throw refused;
    }
  }

  private void open(int bitrateBps) throws MediaSetupException {
    require(
        LibFdkAac.aacEncOpen(memory.encoderPointer(), CORE_MODULE, config.channels()),
        "an encoder");
    set(LibFdkAac.OBJECT_TYPE, config.objectType());
    set(LibFdkAac.SAMPLE_RATE, config.sampleRateHz());
    set(LibFdkAac.CHANNEL_MODE, config.channels());
    set(LibFdkAac.CHANNEL_ORDER, 1); // left, right
    set(LibFdkAac.TRANSPORT, RAW);
    set(LibFdkAac.FRAME_SAMPLES, config.samplesPerFrame());
    // No bandwidth replication, which comes by itself with low bit rates of AAC-ELD. Saying so does
    // not suffice where its module is not asked for: the ratio decides, too.
    set(LibFdkAac.REPLICATION, 0);
    set(LibFdkAac.REPLICATION_RATIO, 1);
    set(LibFdkAac.AFTERBURNER, 1);
    set(LibFdkAac.PEAK_BITRATE, peakBitrateBps());
    set(LibFdkAac.BITRATE, Math.min(bitrateBps, peakBitrateBps()));
    require(LibFdkAac.aacEncEncode(memory.encoder(), 0, 0, 0, 0), "this");
    require(LibFdkAac.aacEncInfo(memory.encoder(), memory.info()), "a description");
    byte[] made = memory.config();
    if (memory.frameSamples() != config.samplesPerFrame()
        || !AacConfig.read(made).equals(Optional.of(config))) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "libfdk-aac makes another stream than is declared",
          config + "; it makes " + AacConfig.read(made).map(AacConfig::toString).orElse("?"));
    }
  }

  /** So that no frame is longer than there is room for; two bytes for what is rounded. */
  private int peakBitrateBps() {
    return (int) ((maxFrameBytes - 2) * 8L * config.sampleRateHz() / config.samplesPerFrame());
  }

  private void set(int parameter, int value) throws MediaSetupException {
    int error = LibFdkAac.aacEncoder_SetParam(memory.encoder(), parameter, value);
    require(error, "parameter 0x%x = %d".formatted(parameter, value));
  }

  private void require(int error, String what) throws MediaSetupException {
    if (error != LibFdkAac.OK) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "libfdk-aac refused %s with error 0x%x".formatted(what, error),
          config.toString());
    }
  }

  @Override
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samples != config.samplesPerFrame()
        || offset < 0
        || offset > pcm.length - elementsPerFrame) {
      return MediaStatus.BAD_INPUT;
    }
    if (out.remaining() < maxFrameBytes) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    memory.pcm().put(0, pcm, offset, elementsPerFrame);
    int error =
        LibFdkAac.aacEncEncode(
            memory.encoder(),
            memory.inBuffers(),
            memory.outBuffers(),
            memory.inArguments(),
            memory.outArguments());
    int bytes = memory.frameBytes();
    if (error != LibFdkAac.OK
        || memory.takenElements() != elementsPerFrame
        || bytes < 0
        || bytes > maxFrameBytes) {
      return MediaStatus.FAILED;
    }
    out.put(out.position(), memory.frame(), 0, bytes);
    out.position(out.position() + bytes);
    Reference.reachabilityFence(memory);
    return bytes;
  }

  /** The bit rate, within what the frames can carry; the library has no other control for it. */
  @Override
  public boolean tune(EncoderTuning tuning) {
    if (closed || tuning.bitrateBps().isEmpty()) {
      return false;
    }
    int lowest = AacSettings.MIN_BITRATE_BPS * config.channels();
    int highest = Math.min(AacSettings.MAX_BITRATE_BPS * config.channels(), peakBitrateBps());
    int wished = Math.max(lowest, Math.min(highest, tuning.bitrateBps().getAsInt()));
    return LibFdkAac.aacEncoder_SetParam(memory.encoder(), LibFdkAac.BITRATE, wished)
        == LibFdkAac.OK;
  }

  /** Samples per channel by which audio is delayed, besides gathering a frame. */
  int delaySamples() {
    return memory.delaySamples();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      free();
      onClose.run();
    }
  }

  private void free() {
    if (memory.encoder() != 0) {
      LibFdkAac.aacEncClose(memory.encoderPointer());
    }
    memory.close();
  }
}
