package org.mediacore.ffmpeg.host;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * Native memory at an address that changes from frame to frame. JavaCPP's getters make a new object
 * for every pointer they read; here the address is read as a number and one object is moved there.
 */
final class Memory {
  private Memory() {}

  /** Fields of a native struct that hold addresses. */
  static final class Addresses {
    private final LongPointer fields;
    private final long first;

    /**
     * @param struct what holds them
     * @param field name of the first
     */
    Addresses(Pointer struct, String field) {
      fields = new LongPointer(struct);
      first = struct.offsetof(field) / Long.BYTES;
    }

    /** The address in the field {@code index} behind the first. */
    long get(int index) {
      return fields.get(first + index);
    }
  }

  /** Bytes somewhere. */
  static final class Bytes extends BytePointer {
    Bytes at(long newAddress) {
      address = newAddress;
      return this;
    }
  }

  /** 16-bit samples somewhere. */
  static final class Shorts extends ShortPointer {
    Shorts at(long newAddress) {
      address = newAddress;
      return this;
    }
  }

  /** Floating-point samples somewhere. */
  static final class Floats extends FloatPointer {
    Floats at(long newAddress) {
      address = newAddress;
      return this;
    }
  }
}
