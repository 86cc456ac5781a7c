package org.mediacore.runtime.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.processing.ProcessorDescriptor.Position;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.codec.CodecRegistry;
import org.mediacore.runtime.negotiation.NegotiatedAudio;
import org.mediacore.runtime.pipeline.DecodeStage;
import org.mediacore.runtime.pipeline.EncodeStage;
import org.mediacore.runtime.pipeline.ProcessChain;

/**
 * The codec instances that a session owns. One that still fits is kept, whatever became of its
 * provider; one that no longer fits is retired, and closed when the loop has let go of it. Under
 * the platform's lock.
 */
final class CodecStages {
  private final CodecRegistry codecs;
  private final SessionProcessing processing;

  /** A stage to be let go of on the loop, also one that no loop has seen, then closed off it. */
  record Leaving(Runnable release, Runnable close) {}

  private List<Leaving> retired = new ArrayList<>();
  private DecodeStage decoder;
  private EncodeStage encoder;
  private DecodeStage former;
  private boolean held;

  CodecStages(CodecRegistry codecs, SessionProcessing processing) {
    this.codecs = codecs;
    this.processing = processing;
  }

  /** Who makes an instance now: the best there is, where it takes what was agreed as it stands. */
  private CodecProvider providerFor(NegotiatedAudio audio) {
    return codecs
        .bestFor(audio.provider())
        .filter(best -> best.descriptor().equals(audio.parameters().descriptor()))
        .orElse(audio.provider());
  }

  /** The decoder for what was agreed. */
  DecodeStage requireDecoder(NegotiatedAudio audio) throws MediaSetupException {
    if (decoder == null || !decoder.parameters().equals(audio.parameters())) {
      ProcessChain received =
          processing.chain(Position.RECEIVED, audio.parameters().receiveFormat());
      DecodeStage created =
          closing(
              received, () -> new DecodeStage(providerFor(audio), audio.parameters(), received));
      retireDecoder();
      decoder = created;
    }
    return decoder;
  }

  /** The encoder for what was agreed. */
  EncodeStage requireEncoder(NegotiatedAudio audio) throws MediaSetupException {
    if (encoder == null || !encoder.parameters().equals(audio.parameters())) {
      ProcessChain sent = processing.chain(Position.SENT, audio.parameters().sendFormat());
      EncodeStage created =
          closing(sent, () -> new EncodeStage(providerFor(audio), audio.parameters(), sent));
      retireEncoder();
      encoder = created;
    }
    return encoder;
  }

  private interface Maker<S> {
    S make() throws MediaSetupException;
  }

  /** Makes a stage; where that fails, the chain that it would own is closed. */
  private static <S> S closing(ProcessChain chain, Maker<S> maker) throws MediaSetupException {
    try {
      return maker.make();
    } catch (MediaSetupException | RuntimeException failed) {
      chain.close();
      throw failed;
    }
  }

  /** The decoder there is, or null. */
  DecodeStage decoder() {
    return decoder;
  }

  /** The encoder there is, or null. */
  EncodeStage encoder() {
    return encoder;
  }

  /** The decoder of the codec before a change, or null. */
  DecodeStage former() {
    return former;
  }

  /** The codec changes: its decoder goes on with what is still under way. */
  void setAside() {
    endFormer();
    former = decoder;
    decoder = null;
  }

  /** Nothing of the codec before comes any more. */
  void endFormer() {
    if (former != null) {
      retired.add(new Leaving(former::release, former::close));
      former = null;
    }
  }

  /** What there is, so that a change that fails leaves no trace. */
  record Saved(
      DecodeStage decoder, EncodeStage encoder, DecodeStage former, List<Leaving> retired) {}

  Saved save() {
    return new Saved(decoder, encoder, former, List.copyOf(retired));
  }

  /** Back to what there was; what was made since is retired. */
  void restore(Saved saved) {
    retired = new ArrayList<>(saved.retired());
    if (decoder != saved.decoder()) {
      retireDecoder();
    }
    if (encoder != saved.encoder()) {
      retireEncoder();
    }
    decoder = saved.decoder();
    encoder = saved.encoder();
    former = saved.former();
  }

  /** What decoded audio passes, where there is a decoder. */
  Optional<ProcessChain> received() {
    return Optional.ofNullable(decoder).map(DecodeStage::received);
  }

  /** What audio passes before it is encoded, where there is an encoder. */
  Optional<ProcessChain> sent() {
    return Optional.ofNullable(encoder).map(EncodeStage::sent);
  }

  /** Gives up what is not needed any more. */
  void keep(boolean keepDecoder, boolean keepEncoder) {
    if (held) {
      return;
    }
    if (!keepDecoder) {
      retireDecoder();
    }
    if (!keepEncoder) {
      retireEncoder();
    }
  }

  /** Keeps everything while a session goes from one link to the next. */
  void hold(boolean hold) {
    held = hold;
  }

  /** What is to be closed once the loop has let go of it. */
  List<Leaving> takeRetired() {
    List<Leaving> taken = List.copyOf(retired);
    retired.clear();
    return taken;
  }

  private void retireDecoder() {
    if (decoder != null) {
      retired.add(new Leaving(decoder::release, decoder::close));
      decoder = null;
    }
  }

  private void retireEncoder() {
    if (encoder != null) {
      retired.add(new Leaving(encoder::release, encoder::close));
      encoder = null;
    }
  }
}
