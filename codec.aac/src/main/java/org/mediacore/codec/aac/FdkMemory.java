package org.mediacore.codec.aac;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/**
 * What libfdk-aac is given by address, in one block of native memory, allocated once. Offsets are
 * those of the C structures of its version 2 with pointers of eight bytes:
 *
 * <pre>
 *   0 encoder*
 *   8 in: buffer*, int identifier, int bytes, int element bytes    (what AACENC_BufDesc points to)
 *  32 out: the same
 *  56 AACENC_BufDesc in: int count, 4 unused, buffers*, identifiers*, sizes*, element sizes*
 *  96 AACENC_BufDesc out: the same
 * 136 AACENC_InArgs: int samples of all channels, int ancillary bytes
 * 144 AACENC_OutArgs: int bytes, int samples, int ancillary bytes, int reservoir
 * 160 AACENC_InfoStruct: seven ints, the fifth the frame's samples, the sixth and seventh the
 *     delay in samples; 64 bytes of AudioSpecificConfig; int its length
 * 256 samples, then the frame
 * </pre>
 */
final class FdkMemory implements AutoCloseable {
  private static final int IN = 8;
  private static final int OUT = 32;
  private static final int IN_BUFFERS = 56;
  private static final int OUT_BUFFERS = 96;
  private static final int IN_ARGUMENTS = 136;
  private static final int OUT_ARGUMENTS = 144;
  private static final int INFO = 160;
  private static final int PCM = 256;

  private static final int IDENTIFIER = 8;
  private static final int BYTES = 12;
  private static final int ELEMENT_BYTES = 16;

  private static final int IN_AUDIO_DATA = 0;
  private static final int OUT_BITSTREAM_DATA = 3;

  private final Memory memory;
  private final long address;
  private final ShortBuffer pcm;
  private final ByteBuffer frame;

  /**
   * @param pcmElements samples of all channels in a frame
   * @param frameBytes the longest frame
   */
  FdkMemory(int pcmElements, int frameBytes) {
    int pcmBytes = pcmElements * Short.BYTES;
    memory = new Memory(PCM + pcmBytes + frameBytes);
    memory.clear();
    address = Pointer.nativeValue(memory);
    pcm = memory.getByteBuffer(PCM, pcmBytes).asShortBuffer();
    frame = memory.getByteBuffer(PCM + pcmBytes, frameBytes);
    layBuffer(IN, IN_BUFFERS, PCM, IN_AUDIO_DATA, pcmBytes, Short.BYTES);
    layBuffer(OUT, OUT_BUFFERS, PCM + pcmBytes, OUT_BITSTREAM_DATA, frameBytes, 1);
    memory.setInt(IN_ARGUMENTS, pcmElements);
  }

  private void layBuffer(int at, int descriptor, int data, int identifier, int bytes, int element) {
    memory.setLong(at, address + data);
    memory.setInt(at + IDENTIFIER, identifier);
    memory.setInt(at + BYTES, bytes);
    memory.setInt(at + ELEMENT_BYTES, element);
    memory.setInt(descriptor, 1);
    memory.setLong(descriptor + 8, address + at);
    memory.setLong(descriptor + 16, address + at + IDENTIFIER);
    memory.setLong(descriptor + 24, address + at + BYTES);
    memory.setLong(descriptor + 32, address + at + ELEMENT_BYTES);
  }

  /** Where the address of the encoder is kept. */
  long encoderPointer() {
    return address;
  }

  /** The encoder; 0 where there is none. */
  long encoder() {
    return memory.getLong(0);
  }

  long inBuffers() {
    return address + IN_BUFFERS;
  }

  long outBuffers() {
    return address + OUT_BUFFERS;
  }

  long inArguments() {
    return address + IN_ARGUMENTS;
  }

  long outArguments() {
    return address + OUT_ARGUMENTS;
  }

  long info() {
    return address + INFO;
  }

  /** Samples of one frame of all channels. */
  ShortBuffer pcm() {
    return pcm;
  }

  /** The frame that was made. */
  ByteBuffer frame() {
    return frame;
  }

  /** Bytes of the frame that was made. */
  int frameBytes() {
    return memory.getInt(OUT_ARGUMENTS);
  }

  /** Samples of all channels that were taken for it. */
  int takenElements() {
    return memory.getInt(OUT_ARGUMENTS + 4);
  }

  /** Samples per channel of a frame, as the library says. */
  int frameSamples() {
    return memory.getInt(INFO + 16);
  }

  /** Samples per channel by which the library delays audio, besides gathering a frame. */
  int delaySamples() {
    return memory.getInt(INFO + 20);
  }

  /** The AudioSpecificConfig, as the library says; empty where it makes no sense. */
  byte[] config() {
    int bytes = memory.getInt(INFO + 28 + 64);
    return bytes < 1 || bytes > 64 ? new byte[0] : memory.getByteArray(INFO + 28, bytes);
  }

  @Override
  public void close() {
    memory.close();
  }
}
