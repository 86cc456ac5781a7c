package org.mediacore.runtime.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.mediacore.api.MediaSetupException;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.codec.CodecRegistry;
import org.mediacore.runtime.pipeline.Bypass;
import org.mediacore.runtime.pipeline.Comparison;
import org.mediacore.runtime.pipeline.DecodeStage;
import org.mediacore.runtime.pipeline.EncodeStage;
import org.mediacore.runtime.pipeline.ProcessChain;
import org.mediacore.runtime.pipeline.ProcessStage;
import org.mediacore.runtime.pipeline.SwapTrial;
import org.mediacore.runtime.pipeline.Tally;
import org.mediacore.runtime.pipeline.TransportStage;
import org.mediacore.runtime.processing.ProcessorProvider;
import org.mediacore.runtime.registry.Provider;
import org.mediacore.runtime.registry.ProviderRegistry;
import org.mediacore.runtime.transport.TransportProvider;

/**
 * Something of a session that can be replaced while it runs.
 *
 * @param session whose
 * @param name what it is, for receipts
 * @param provider who made it
 * @param trial gives what a successor is made from and tried with; to be called on the loop
 * @param awaited whose successor waits to take over already
 * @param withdraw refuses a waiting successor of a provider; to be called on the loop
 * @param best the provider that a new session would use for it
 * @param isThere whether a provider is there still
 * @param replaced told that a successor has taken over, off the loop and not under a lock
 * @param comparer compares two providers, where that is possible
 */
record SwapPart<P extends Provider>(
    CoreSession session,
    String name,
    P provider,
    Supplier<SwapTrial<P>> trial,
    Supplier<Optional<P>> awaited,
    Consumer<P> withdraw,
    Supplier<Optional<P>> best,
    Predicate<P> isThere,
    BiConsumer<P, P> replaced,
    Optional<Comparer<P>> comparer) {

  /** Lets two providers' instances work on the same frames of a running call. */
  interface Comparer<P extends Provider> {
    /** Makes both; off the loop. */
    Comparison compare(P predecessor, P newcomer, Tally tally) throws MediaSetupException;
  }

  /** What a session has now, in the order in which it is to be replaced. Under the lock. */
  static List<SwapPart<?>> of(CoreSession session) {
    List<SwapPart<?>> parts = new ArrayList<>();
    DecodeStage decoder = session.stages().decoder();
    EncodeStage encoder = session.stages().encoder();
    if (decoder != null) {
      parts.add(
          codec(
              session,
              "decoder",
              decoder.provider(),
              decoder::trial,
              decoder::awaited,
              decoder::withdraw,
              decoder::comparison));
      processors(session, decoder.received(), parts);
    }
    if (encoder != null) {
      processors(session, encoder.sent(), parts);
      parts.add(
          codec(
              session,
              "encoder",
              encoder.provider(),
              encoder::trial,
              encoder::awaited,
              encoder::withdraw,
              encoder::comparison));
    }
    session.transport().ifPresent(stage -> parts.add(transport(session, stage)));
    return parts;
  }

  private static SwapPart<CodecProvider> codec(
      CoreSession session,
      String kind,
      CodecProvider provider,
      Supplier<SwapTrial<CodecProvider>> trial,
      Supplier<Optional<CodecProvider>> awaited,
      Consumer<CodecProvider> withdraw,
      Comparer<CodecProvider> comparer) {
    CodecRegistry codecs = session.platform().codecs();
    return new SwapPart<>(
        session,
        kind + " " + provider.descriptor().rtpmap(),
        provider,
        trial,
        awaited,
        withdraw,
        () -> codecs.bestFor(provider),
        codecs::has,
        session.agreement()::replaced,
        Optional.of(comparer));
  }

  private static void processors(CoreSession session, ProcessChain chain, List<SwapPart<?>> parts) {
    ProviderRegistry<ProcessorProvider> processors = session.platform().processors();
    for (ProcessStage stage : chain.stages()) {
      parts.add(
          new SwapPart<>(
              session,
              "processor " + stage.name(),
              stage.provider(),
              stage::trial,
              stage::awaited,
              stage::withdraw,
              () ->
                  processors
                      .best(SessionProcessing.is(stage.name(), stage.position()))
                      .or(() -> Optional.of(Bypass.PROVIDER)),
              provider -> provider == Bypass.PROVIDER || processors.has(provider),
              (from, to) -> {},
              Optional.of(stage::comparison)));
    }
  }

  private static SwapPart<TransportProvider> transport(CoreSession session, TransportStage stage) {
    ProviderRegistry<TransportProvider> transports = session.platform().transports();
    String profile = stage.profile();
    return new SwapPart<>(
        session,
        "transport " + profile,
        stage.provider(),
        stage::trial,
        Optional::empty,
        unwanted -> {},
        () -> transports.best(provider -> provider.serves(profile)),
        transports::has,
        (from, to) -> {},
        Optional.empty());
  }
}
