package org.mediacore.api.codec;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns payloads into audio. Used by one thread at a time, closed once. Nothing is allocated,
 * locked or logged after it was created. For a lost frame {@link #recover} or {@link #conceal}
 * comes before {@link #decode} of the next one.
 */
@ConsumerType
public interface AudioDecoder extends AutoCloseable {
  /**
   * Decodes one payload.
   *
   * @param payload read from position to limit; owned by the caller; position and content unchanged
   *     afterwards
   * @param pcm where interleaved samples in the receive format go; has room for {@link
   *     CodecParameters#MAX_PAYLOAD_DURATION_US} from {@code offset} on
   * @param offset first array element
   * @return samples per channel, or a negative {@link MediaStatus} for a payload that is not valid:
   *     the next valid one decodes again
   */
  int decode(ByteBuffer payload, short[] pcm, int offset);

  /**
   * Samples per channel that {@link #decode} of this payload would give, from its headers alone and
   * without a change of state; a negative status for a payload that is not valid.
   */
  int samplesIn(ByteBuffer payload);

  /**
   * Fills in for lost audio.
   *
   * @param samples samples per channel that are missing
   * @return samples per channel written, or {@link MediaStatus#UNSUPPORTED}: the platform then uses
   *     a concealment of its own
   */
  default int conceal(int samples, short[] pcm, int offset) {
    return MediaStatus.UNSUPPORTED;
  }

  /**
   * Rebuilds a piece of lost audio from redundancy in the payload behind the gap: the frame right
   * before it from Opus in-band FEC (RFC 6716 §2.1.7), audio further back from what reaches there.
   * The pieces of a gap are asked for one after the other, the earliest first, each with the same
   * content of {@code next}; one that is refused is concealed before the next one is asked for.
   * Like {@link #decode}, it moves the decoder's state on by the piece. The caller still decodes
   * {@code next} afterwards.
   *
   * <pre>
   *   decoded |            gap            | next
   *           |       | piece |           |
   *                           |<--------->| samplesToNext
   * </pre>
   *
   * @param next the payload behind the gap, as in {@link #decode}
   * @param samplesToNext samples per channel between the end of the piece and the beginning of
   *     {@code next}, at least 0: 0 for audio right before it
   * @param samples samples per channel of the piece
   * @param pcm as in {@link #decode}, with room for the piece
   * @return {@code samples}, or {@link MediaStatus#UNSUPPORTED} where {@code next} holds nothing of
   *     the piece, and nothing has changed: the caller conceals instead. Where redundancy begins
   *     within the piece, the decoder conceals what is before that
   */
  default int recover(ByteBuffer next, int samplesToNext, int samples, short[] pcm, int offset) {
    return MediaStatus.UNSUPPORTED;
  }

  /**
   * What the peer asks of the encoder that sends to it, as far as its payloads say so: the codec
   * mode request of AMR (RFC 4867 §4.3.1). Asked after {@link #decode}, on the same thread.
   *
   * @return the wish that holds since the payload decoded last: one of a fixed few instances, so
   *     that an unchanged wish is the same object; {@link EncoderTuning#NONE} where the peer has
   *     asked for nothing
   */
  default EncoderTuning peerWish() {
    return EncoderTuning.NONE;
  }

  /**
   * Whether the far end has said that it pauses (discontinuous transmission: the payload decoded
   * last described silence). {@link #conceal} then gives the comfort noise of the pause for as long
   * as it lasts, and is no repair of a loss.
   */
  default boolean pauses() {
    return false;
  }

  /**
   * The far end pauses, as a comfort noise packet beside the codec says (RFC 3389): from here to
   * the next {@link #decode}, {@link #pauses} is true and {@link #conceal} gives the noise that was
   * described. Called where {@link AudioCodecFactory#describesPauses} says so.
   *
   * @param description the packet's payload, as in {@link #decode}
   * @return 0, or a negative {@link MediaStatus} where nothing has changed
   */
  default int pause(ByteBuffer description) {
    return MediaStatus.UNSUPPORTED;
  }

  /**
   * Says whether there is time. While there is none, since the thread is behind with what other
   * calls are due, {@link #conceal} and {@link #recover} are to cost as little as they can, at the
   * price of how it sounds: what misses packets for want of time must not take more of it. Called
   * between frames, on the same thread, only when it changes; not so at first. Where all that a
   * decoder does is cheap, there is nothing to do.
   *
   * @param hurried whether there is none from here on
   */
  default void hurry(boolean hurried) {}

  /** Frees what the decoder holds. Closing again does nothing; {@link #decode} then fails. */
  @Override
  void close();
}
