package org.mediacore.runtime.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.codec.CodecRegistry;
import org.mediacore.runtime.negotiation.NegotiatedAudio;

/** The codecs of a session's negotiations, and what becomes of one that has no provider left. */
final class SessionCodecs {
  private final CoreSession session;
  private final CodecRegistry registry;
  private volatile Optional<CodecProvider> told = Optional.empty();

  SessionCodecs(CoreSession session, CodecRegistry registry) {
    this.session = session;
    this.registry = registry;
  }

  /** Those to choose from: the ones there are now, and the one in use though it may be gone. */
  List<CodecProvider> toChooseFrom() {
    List<CodecProvider> codecs = new ArrayList<>(registry.selected());
    session
        .negotiated()
        .map(NegotiatedAudio::provider)
        .filter(
            inUse ->
                codecs.stream()
                    .noneMatch(
                        p -> p.descriptor().rtpmap().equalsIgnoreCase(inUse.descriptor().rtpmap())))
        .ifPresent(codecs::add);
    return codecs;
  }

  /** Those for an offer of ours: the ones there are now, else the one in use though it is gone. */
  List<CodecProvider> toOffer() {
    return hasAny() ? registry.offered() : toChooseFrom();
  }

  private boolean hasAny() {
    return registry.selected().stream().anyMatch(CodecProvider::encodes);
  }

  /** A codec in use has no provider left: the owner is asked, once, to agree on another one. */
  void gone(CodecProvider provider) {
    boolean flows = session.negotiated().map(SessionCodecs::flows).orElse(false);
    if (flows && hasAny() && !told.equals(Optional.of(provider))) {
      told = Optional.of(provider);
      session.tell(new SessionEvent.RenegotiationNeeded(provider + " has gone"));
    }
  }

  /** Whether there is a stream; the peer may have taken it away. */
  private static boolean flows(NegotiatedAudio audio) {
    return audio.remoteRtp().isPresent()
        || audio.direction().sends()
        || audio.direction().receives();
  }

  /** Something was agreed on: a provider that is not used any more is let go, with its bundle. */
  void agreed(CodecProvider provider) {
    told = told.filter(gone -> gone == provider);
  }
}
