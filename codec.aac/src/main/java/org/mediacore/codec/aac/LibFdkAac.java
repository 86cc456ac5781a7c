package org.mediacore.codec.aac;

/**
 * Functions of libfdk-aac 2, mapped directly: arguments are numbers only, so a call allocates
 * nothing. Names are those of the library; addresses are {@code long}, which is the size of a
 * pointer on 64-bit machines, and others are not served ({@link FdkLibrary}).
 */
final class LibFdkAac {
  static final int OK = 0;

  /** Parameters of {@link #aacEncoder_SetParam}. */
  static final int OBJECT_TYPE = 0x0100;

  static final int BITRATE = 0x0101;
  static final int SAMPLE_RATE = 0x0103;
  static final int REPLICATION = 0x0104;
  static final int REPLICATION_RATIO = 0x0108;
  static final int FRAME_SAMPLES = 0x0105;
  static final int CHANNEL_MODE = 0x0106;
  static final int CHANNEL_ORDER = 0x0107;
  static final int AFTERBURNER = 0x0200;
  static final int PEAK_BITRATE = 0x0207;
  static final int TRANSPORT = 0x0300;

  private LibFdkAac() {}

  static native int aacEncOpen(long encoderPointer, int modules, int maxChannels);

  static native int aacEncClose(long encoderPointer);

  static native int aacEncoder_SetParam(long encoder, int parameter, int value);

  static native int aacEncoder_GetParam(long encoder, int parameter);

  static native int aacEncInfo(long encoder, long info);

  static native int aacEncEncode(
      long encoder, long inBuffers, long outBuffers, long inArguments, long outArguments);
}
