package org.mediacore.runtime.codec;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.runtime.registry.Provider;
import org.mediacore.runtime.registry.ProviderInfo;

/**
 * One codec of one provider: a factory and one of its descriptors. Guards against factories that
 * break their contract, and counts the instances that are open. Safe for several threads.
 */
public final class CodecProvider implements Provider {
  private final AudioCodecFactory factory;
  private final CodecDescriptor descriptor;
  private final ProviderInfo info;
  private final boolean marksFrameEnds;
  private final int primingMs;
  private final AtomicInteger openInstances = new AtomicInteger();

  CodecProvider(AudioCodecFactory factory, CodecDescriptor descriptor, ProviderInfo info) {
    this.factory = factory;
    this.descriptor = descriptor;
    this.info = info;
    marksFrameEnds = factory instanceof FormattedCodec formatted && formatted.marksFrameEnds();
    primingMs = askPrimingMs(); // here, as loops want to know it
  }

  public CodecDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public ProviderInfo info() {
    return info;
  }

  /** Encoders and decoders that were made and not yet closed. */
  @Override
  public int openInstances() {
    return openInstances.get();
  }

  AudioCodecFactory factory() {
    return factory;
  }

  /** Whether a service, a codec factory or a payload format, has a part in it. */
  boolean isOf(Object service) {
    return factory == service
        || factory instanceof FormattedCodec formatted && formatted.isOf(service);
  }

  /** Whether the RTP marker stands on each packet; else on the first one behind a silence. */
  public boolean marksFrameEnds() {
    return marksFrameEnds;
  }

  /** As {@link AudioCodecFactory#framesOnly}; no, from a factory that throws. */
  boolean framesOnly() {
    try {
      return factory.framesOnly(descriptor);
    } catch (RuntimeException | LinkageError broken) {
      return false;
    }
  }

  /** As {@link AudioCodecFactory#passesUnchanged}; no, from a factory that throws. */
  public boolean passesUnchanged(CodecParameters from, CodecParameters to) {
    try {
      return factory.passesUnchanged(from, to);
    } catch (RuntimeException | LinkageError broken) {
      return false;
    }
  }

  /**
   * As {@link AudioCodecFactory#negotiate}, then {@link AudioCodecFactory#withPtimeMs}.
   *
   * @throws MediaSetupException where the factory throws
   */
  public Optional<CodecParameters> negotiate(Fmtp remote, int ptimeMs) throws MediaSetupException {
    try {
      return Objects.requireNonNull(
              factory.negotiate(descriptor, remote, descriptor.defaultFmtp()),
              "negotiate gave null")
          .map(agreed -> factory.withPtimeMs(agreed, ptimeMs));
    } catch (RuntimeException | LinkageError broken) {
      throw broken("negotiate", broken);
    }
  }

  /** Why {@link #negotiate} gives nothing; empty where the provider does not say. */
  public String refusal(Fmtp remote) {
    try {
      return factory instanceof FormattedCodec formatted ? formatted.refusal(remote) : "";
    } catch (RuntimeException | LinkageError broken) {
      return "";
    }
  }

  /** As {@link AudioCodecFactory#encodes}; no, from a factory that throws. */
  public boolean encodes() {
    try {
      return factory.encodes(descriptor);
    } catch (RuntimeException | LinkageError broken) {
      return false;
    }
  }

  /** As {@link AudioCodecFactory#describesPauses}; no, from a factory that throws. */
  public boolean describesPauses() {
    try {
      return factory.describesPauses(descriptor);
    } catch (RuntimeException | LinkageError broken) {
      return false;
    }
  }

  /** As {@link AudioCodecFactory#primingMs}, within its limits; the least, from one that throws. */
  public int primingMs() {
    return primingMs;
  }

  private int askPrimingMs() {
    int least = AudioCodecFactory.LEAST_PRIMING_MS;
    try {
      int wished = factory.primingMs(descriptor);
      return Math.min(Math.max(wished, least), AudioCodecFactory.MOST_PRIMING_MS);
    } catch (RuntimeException | LinkageError broken) {
      return least;
    }
  }

  /**
   * Makes an encoder, one that never has anything to send where the codec only decodes; the caller
   * closes it with {@link #close}.
   */
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    AudioEncoder encoder;
    try {
      encoder =
          encodes()
              ? Objects.requireNonNull(factory.createEncoder(parameters), "createEncoder gave null")
              : new MuteEncoder();
    } catch (RuntimeException | LinkageError broken) {
      throw broken("createEncoder", broken);
    }
    openInstances.incrementAndGet();
    return encoder;
  }

  /** Makes a decoder; the caller closes it with {@link #close}. */
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    AudioDecoder decoder;
    try {
      decoder =
          Objects.requireNonNull(factory.createDecoder(parameters), "createDecoder gave null");
    } catch (RuntimeException | LinkageError broken) {
      throw broken("createDecoder", broken);
    }
    openInstances.incrementAndGet();
    return decoder;
  }

  /** Closes an encoder that this provider made. */
  public void close(AudioEncoder encoder) {
    openInstances.decrementAndGet();
    encoder.close();
  }

  /** Closes a decoder that this provider made. */
  public void close(AudioDecoder decoder) {
    openInstances.decrementAndGet();
    decoder.close();
  }

  private MediaSetupException broken(String method, Throwable cause) {
    return new MediaSetupException(
        Reason.RESOURCE_MISSING,
        info + ": " + method + " of " + descriptor.rtpmap() + " failed",
        cause.toString(),
        cause);
  }

  @Override
  public boolean isLike(Provider other) {
    return other instanceof CodecProvider codec
        && codec.descriptor.rtpmap().equalsIgnoreCase(descriptor.rtpmap());
  }

  @Override
  public String toString() {
    return descriptor.rtpmap() + " of " + info;
  }
}
