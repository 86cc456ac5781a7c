package org.mediacore.api.codec;

import java.util.List;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A codec as a service. The factory is shared, stateless and safe for use by several threads; what
 * it creates belongs to one session. Instances outlive the service and even its bundle:
 * unregistering, stopping or uninstalling must not break an open encoder or decoder.
 */
@ConsumerType
public interface AudioCodecFactory {
  /** What decoders are primed with unless their codec says more, in ms. */
  int LEAST_PRIMING_MS = 200;

  /** The most that decoders are primed with, in ms. */
  int MOST_PRIMING_MS = 5_000;

  /**
   * The codecs this factory makes, in no particular order; never empty, always the same values. One
   * factory may offer several, such as A-law and µ-law, or L16 at each rate.
   */
  List<CodecDescriptor> descriptors();

  /**
   * Finds what both sides can use. Total: any parameters, however odd, give a result or none, never
   * an exception. Symmetric: two sides that run this with each other's {@code local} agree.
   *
   * @param descriptor one of {@link #descriptors()}
   * @param remote the parameters that the peer declared
   * @param local the parameters that are configured here
   * @return the agreement, with the shortest sensible default of frame duration (20 ms where the
   *     codec has it); its {@code local} is what our description will declare; empty where this
   *     codec cannot be used with that peer
   */
  Optional<CodecParameters> negotiate(CodecDescriptor descriptor, Fmtp remote, Fmtp local);

  /**
   * The agreement with the frame duration that suits a ptime. A codec whose frames depend on what
   * was agreed, as those of iLBC do on its {@code mode}, knows better than its descriptor.
   *
   * @param agreed a result of {@link #negotiate}
   * @param ptimeMs the packet duration that the peer prefers, at least 1
   * @return a copy with the longest duration within {@code ptimeMs} that an encoder can be made
   *     for, or the shortest there is
   */
  default CodecParameters withPtimeMs(CodecParameters agreed, int ptimeMs) {
    return agreed.withPtimeMs(ptimeMs);
  }

  /**
   * Whether payloads that one peer sends may be passed on to another unchanged, both sessions
   * having agreed on this codec. Asked when two sessions are joined. Unless a codec knows better,
   * only where the parameters are the same: a payload of another mode or packing would not be
   * understood.
   *
   * @param from what was agreed with the sender, who keeps to {@code from.local()}
   * @param to what was agreed with the receiver, who declared {@code to.remote()}
   */
  default boolean passesUnchanged(CodecParameters from, CodecParameters to) {
    return from.local().equals(to.remote());
  }

  /**
   * Whether encoders can be made for a codec on this machine. Where not, it is used only for
   * streams that we receive and do not send, and is named in no offer of ours.
   *
   * @param descriptor one of {@link #descriptors()}
   */
  default boolean encodes(CodecDescriptor descriptor) {
    return true;
  }

  /**
   * Whether comfort noise packets (RFC 3389) may go beside a codec's own, because it has no silence
   * of its own: its decoders then take {@link AudioDecoder#pause}, its encoders give {@link
   * AudioEncoder#describePause}, and the payload type is negotiated with the codec's.
   *
   * @param descriptor one of {@link #descriptors()}
   */
  default boolean describesPauses(CodecDescriptor descriptor) {
    return false;
  }

  /**
   * How far back payloads shape what a decoder gives, from when on one that was made in the middle
   * of a stream sounds as one that heard all of it. A decoder that takes over from another one is
   * primed with that much, off the loop; the predecessor's last payloads are kept for it, so more
   * costs memory in each call. Asked once.
   *
   * @param descriptor one of {@link #descriptors()}
   * @return in ms, {@link #LEAST_PRIMING_MS} to {@link #MOST_PRIMING_MS}
   */
  default int primingMs(CodecDescriptor descriptor) {
    return LEAST_PRIMING_MS;
  }

  /**
   * Whether a codec's encoders and decoders deal in bare frames, which lie in packets only as a
   * {@link org.mediacore.api.payload.PayloadFormat} lays them: AAC, for which there are several
   * formats. Where a payload stands in {@link AudioEncoder} and {@link AudioDecoder}, one frame is
   * meant then; the descriptor's encoding names the codec and stands in no description. A payload
   * may have several frames: {@link AudioDecoder#decode} is then given room for what {@link
   * AudioDecoder#samplesIn} says of each. Asked once.
   *
   * @param descriptor one of {@link #descriptors()}
   */
  default boolean framesOnly(CodecDescriptor descriptor) {
    return false;
  }

  /**
   * Makes an encoder. May block (loading a library) and is never called on a media loop.
   *
   * @param parameters a result of {@link #negotiate}, perhaps then of {@link #withPtimeMs}
   * @throws MediaSetupException with the refused value; nothing is left open
   */
  AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException;

  /** Makes a decoder; as {@link #createEncoder}. */
  AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException;
}
