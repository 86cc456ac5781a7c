package org.mediacore.tck;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.codec.MediaKind;
import org.mediacore.api.payload.Depacketizer;
import org.mediacore.api.payload.Packetizer;
import org.mediacore.api.payload.PayloadFormat;
import org.mediacore.api.payload.PayloadFormatDescriptor;

/**
 * Two bytes of length before each frame; keeps the contract but for one fault of choice. A payload
 * may have several frames.
 */
final class FaultyPayloadFormat implements PayloadFormat {
  /** What it does wrong. */
  enum Fault {
    NONE,
    NEW_DESCRIPTORS,
    OTHER_CODEC,
    DECLARES_SOMETHING_ELSE,
    THROWS_ON_ODD_PARAMETERS,
    TAKES_REFUSED_PARAMETERS,
    LOSES_A_BYTE,
    NEEDS_THE_PAYLOAD_BEFORE,
    MOVES_THE_POSITION,
    WRITES_BEHIND,
    ARRAYS_ONLY,
    OVERFLOWS,
    ANY_INDEX,
    TRUSTS_THE_LENGTH,
    EMPTY_IS_NOTHING,
    SHARED_STATE,
    WORKS_AFTER_CLOSE,
    LEAKS,
    ALLOCATES
  }

  private static final int HEADER_BYTES = 2;

  private final Fault fault;
  private final List<Object> leaked = new ArrayList<>();
  private volatile int shared;
  private int asked;

  FaultyPayloadFormat(Fault fault) {
    this.fault = fault;
  }

  static CodecDescriptor codec() {
    return new CodecDescriptor(
        "FRAMES",
        MediaKind.AUDIO,
        8_000,
        1,
        new AudioFormat(8_000, 1),
        OptionalInt.empty(),
        List.of(20_000),
        Fmtp.parse("config=1"));
  }

  @Override
  public PayloadFormatDescriptor descriptor() {
    String name = fault == Fault.NEW_DESCRIPTORS ? "x-" + asked++ : "x-length-first";
    String codec = fault == Fault.OTHER_CODEC ? "other" : "frames";
    return new PayloadFormatDescriptor(name, MediaKind.AUDIO, codec, false);
  }

  @Override
  public Optional<Fmtp> codecParameters(Fmtp declared) {
    if (fault == Fault.THROWS_ON_ODD_PARAMETERS) {
      Integer.parseInt(declared.get("mode", "1"));
    }
    String config = declared.get("config", "");
    return config.equals("1") || config.equals("2")
        ? Optional.of(Fmtp.parse("config=" + config))
        : Optional.empty();
  }

  @Override
  public Fmtp declare(Fmtp codec, Fmtp remote) {
    return fault == Fault.DECLARES_SOMETHING_ELSE ? Fmtp.parse("config=2") : codec;
  }

  private void require(CodecParameters agreed) throws MediaSetupException {
    boolean known = codecParameters(agreed.local()).isPresent();
    if (!known && fault != Fault.TAKES_REFUSED_PARAMETERS) {
      throw new MediaSetupException(Reason.NOT_SUPPORTED, "config", agreed.local().toText());
    }
    if (fault == Fault.LEAKS) {
      leaked.add(new byte[2_000]);
    }
  }

  @Override
  public Packetizer createPacketizer(CodecParameters agreed) throws MediaSetupException {
    require(agreed);
    return new LengthWriter();
  }

  @Override
  public Depacketizer createDepacketizer(CodecParameters agreed) throws MediaSetupException {
    require(agreed);
    return new LengthReader();
  }

  private final class LengthWriter implements Packetizer {
    private boolean closed;
    private byte before;

    @Override
    public int packetize(ByteBuffer frame, ByteBuffer payload) {
      if (closed && fault != Fault.WORKS_AFTER_CLOSE) {
        return MediaStatus.FAILED;
      }
      int bytes = frame.remaining();
      if (payload.remaining() < HEADER_BYTES + bytes) {
        if (fault == Fault.OVERFLOWS) {
          payload.put((byte) 0);
        }
        return MediaStatus.BUFFER_TOO_SMALL;
      }
      if (fault == Fault.ALLOCATES) {
        leaked.clear();
        leaked.add(new byte[bytes]);
      }
      int at = payload.position();
      payload.putShort(at, (short) bytes);
      if (fault == Fault.ARRAYS_ONLY) {
        payload.put(at + HEADER_BYTES, frame.array(), frame.position(), bytes);
      } else {
        payload.put(at + HEADER_BYTES, frame, frame.position(), bytes);
      }
      if (fault == Fault.NEEDS_THE_PAYLOAD_BEFORE) {
        payload.put(at + HEADER_BYTES, (byte) (frame.get(frame.position()) - before));
        before = frame.get(frame.position());
      }
      payload.position(at + HEADER_BYTES + bytes);
      if (fault == Fault.WRITES_BEHIND) {
        payload.limit(payload.capacity()).put(payload.capacity() - 1, (byte) 0);
      }
      if (fault == Fault.MOVES_THE_POSITION) {
        frame.position(frame.limit());
      }
      return HEADER_BYTES + bytes;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final class LengthReader implements Depacketizer {
    private boolean closed;
    private int frames;
    private byte before;

    @Override
    public int read(ByteBuffer payload) {
      if (closed && fault != Fault.WORKS_AFTER_CLOSE) {
        return MediaStatus.FAILED;
      }
      frames = 0;
      int at = payload.position();
      while (at + HEADER_BYTES < payload.limit()) {
        int bytes = payload.getShort(at) & 0xFFFF;
        shared = bytes;
        if (bytes == 0) {
          return MediaStatus.BAD_INPUT;
        }
        at += HEADER_BYTES + bytes;
        frames++;
      }
      if (fault == Fault.EMPTY_IS_NOTHING && !payload.hasRemaining()) {
        return 0;
      }
      boolean whole = at == payload.limit() || fault == Fault.TRUSTS_THE_LENGTH;
      return whole && frames > 0 ? frames : MediaStatus.BAD_INPUT;
    }

    @Override
    public int frame(ByteBuffer payload, int index, ByteBuffer frame) {
      if (closed && fault != Fault.WORKS_AFTER_CLOSE) {
        return MediaStatus.FAILED;
      }
      if (index < 0 || index >= frames) {
        return fault == Fault.ANY_INDEX ? 1 : MediaStatus.BAD_INPUT;
      }
      int at = payload.position();
      for (int i = 0; i < index; i++) {
        at += HEADER_BYTES + (payload.getShort(at) & 0xFFFF);
      }
      int bytes = payload.getShort(at) & 0xFFFF;
      if (fault == Fault.SHARED_STATE) {
        Thread.yield();
        bytes = Math.min(shared, payload.limit() - at - HEADER_BYTES);
      }
      if (fault == Fault.LOSES_A_BYTE) {
        bytes--;
      }
      if (frame.remaining() < bytes) {
        return MediaStatus.BUFFER_TOO_SMALL;
      }
      frame.put(frame.position(), payload, at + HEADER_BYTES, bytes);
      if (fault == Fault.NEEDS_THE_PAYLOAD_BEFORE) {
        before += frame.get(frame.position());
        frame.put(frame.position(), before);
      }
      frame.position(frame.position() + bytes);
      return bytes;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
