package org.mediacore.runtime.session;

import java.io.IOException;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.loop.MediaLoop;
import org.mediacore.runtime.negotiation.NegotiatedAudio;
import org.mediacore.runtime.pipeline.AudioLeg;
import org.mediacore.runtime.pipeline.DecodeStage;
import org.mediacore.runtime.pipeline.EarlyPackets;
import org.mediacore.runtime.pipeline.EncodeStage;
import org.mediacore.runtime.pipeline.Inbound;
import org.mediacore.runtime.pipeline.LegMedia;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what a session has agreed to what its leg does on the loop: codec instances, pipelines,
 * payload types, one change in one step. Under the platform's lock, but for the facts.
 */
final class SessionMedia {
  private static final Logger LOG = LoggerFactory.getLogger(SessionMedia.class);

  private final String id;
  private final Platform platform;
  private final AudioLeg leg;
  private final CodecStages stages;
  private volatile Optional<NegotiatedAudio> negotiated = Optional.empty();
  private LegMedia pendingMedia;

  /** What a session is connected to, whose pipelines are built anew. */
  interface Rebuilt {
    void rebuild() throws MediaSetupException;
  }

  /**
   * @param id the session's, for the log
   */
  SessionMedia(String id, Platform platform, AudioLeg leg, CodecStages stages) {
    this.id = id;
    this.platform = platform;
    this.leg = leg;
    this.stages = stages;
  }

  /** What was agreed; from any thread. */
  Optional<NegotiatedAudio> negotiated() {
    return negotiated;
  }

  /**
   * What was agreed takes effect on the pipelines; {@link #configurePending} ends it.
   *
   * @param legMedia what is agreed for transport and payload types
   * @param connection what the session is connected to, where it is
   * @throws MediaSetupException where that fails; all is as before then
   */
  void apply(NegotiatedAudio audio, LegMedia legMedia, Optional<Rebuilt> connection)
      throws MediaSetupException {
    Optional<NegotiatedAudio> before = negotiated;
    CodecStages.Saved saved = stages.save();
    negotiated = Optional.of(audio);
    pendingMedia = legMedia;
    try {
      if (connection.isPresent() && (before.isEmpty() || changesPipeline(before.get(), audio))) {
        if (before.isPresent() && changesCodec(before.get(), audio)) {
          stages.setAside();
        }
        connection.get().rebuild();
      }
    } catch (MediaSetupException failed) {
      negotiated = before;
      pendingMedia = null;
      stages.restore(saved);
      throw failed;
    }
  }

  private static boolean changesPipeline(NegotiatedAudio before, NegotiatedAudio now) {
    return before.provider() != now.provider()
        || !before.parameters().equals(now.parameters())
        || before.maxPtimeMs() != now.maxPtimeMs()
        || before.direction() != now.direction();
  }

  private static boolean changesCodec(NegotiatedAudio before, NegotiatedAudio now) {
    return before.receivePayloadType() != now.receivePayloadType()
        && !before.parameters().equals(now.parameters());
  }

  /** Gives the leg what no installation has given it. */
  void configurePending() {
    LegMedia media = pendingMedia;
    if (media != null) {
      pendingMedia = null;
      leg.loop()
          .execute(
              () -> {
                leg.configure(media);
                leg.giveEarly();
              });
    }
  }

  /** Keeps packets of what was offered until the answer takes effect; empty: not any more. */
  void expect(Optional<EarlyPackets> early) {
    platform.lock().lock();
    try {
      leg.loop().execute(() -> leg.expect(early.orElse(null)));
    } finally {
      platform.lock().unlock();
    }
  }

  /** Replaces what incoming packets do. */
  void install(Inbound inbound, boolean keepDecoder, boolean keepEncoder) {
    leg.loop().execute(installation(inbound, keepDecoder, keepEncoder));
  }

  /**
   * A command for the loop that replaces what incoming packets do, in one step with a new
   * configuration that waits; codec instances that are not kept are closed once the loop has let go
   * of them. Where two sessions are concerned, both commands belong into one.
   */
  Runnable installation(Inbound inbound, boolean keepDecoder, boolean keepEncoder) {
    return installation(inbound, Inbound.NONE, keepDecoder, keepEncoder);
  }

  /**
   * As above, while packets of the codec before are taken, too.
   *
   * @param ofFormer what they do; {@link Inbound#NONE} where they are not taken any more
   */
  Runnable installation(
      Inbound inbound, Inbound ofFormer, boolean keepDecoder, boolean keepEncoder) {
    stages.keep(keepDecoder, keepEncoder);
    if (ofFormer == Inbound.NONE) {
      stages.endFormer();
    }
    DecodeStage decoder = stages.decoder();
    EncodeStage encoder = stages.encoder();
    DecodeStage former = stages.former();
    platform.retire(leg.loop(), stages.takeRetired());
    LegMedia media = pendingMedia;
    pendingMedia = null;
    return () -> {
      if (media != null) {
        leg.configure(media);
      }
      leg.install(inbound, decoder, encoder, ofFormer, former);
      if (media != null) {
        leg.giveEarly();
      }
    };
  }

  /** Puts the leg, which is on no loop now, onto one. */
  void attachTo(MediaLoop loop) {
    leg.assign(loop);
    loop.execute(
        () -> {
          try {
            leg.attach();
          } catch (IOException failed) {
            LOG.error("session {} cannot listen on loop {}", id, loop.index(), failed);
          }
        });
  }

  /** What was agreed with a provider goes on with another one. Under the lock. */
  void replaced(CodecProvider from, CodecProvider to) {
    negotiated = negotiated.map(audio -> audio.provider() == from ? audio.by(to) : audio);
  }

  /** The time of the codec before a change is over. */
  void formerEnded(DecodeStage decoder) {
    platform.lock().lock();
    try {
      if (stages.former() == decoder) {
        stages.endFormer();
        platform.retire(leg.loop(), stages.takeRetired());
      }
    } finally {
      platform.releaseRetired();
      platform.lock().unlock();
    }
  }
}
