package org.mediacore.codec.opus;

import org.mediacore.api.MediaStatus;

/** Error codes that libopus and its Java port share. */
final class OpusStatus {
  static final int BAD_ARG = -1;
  static final int BUFFER_TOO_SMALL = -2;
  static final int INVALID_PACKET = -4;

  private OpusStatus() {}

  /** The platform's status for a negative result. */
  static int toMediaStatus(int error) {
    return switch (error) {
      case BAD_ARG, INVALID_PACKET -> MediaStatus.BAD_INPUT;
      case BUFFER_TOO_SMALL -> MediaStatus.BUFFER_TOO_SMALL;
      default -> MediaStatus.FAILED;
    };
  }
}
