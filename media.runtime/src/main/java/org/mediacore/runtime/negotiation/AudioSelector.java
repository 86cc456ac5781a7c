package org.mediacore.runtime.negotiation;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.sdp.Direction;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.RtpEncoding;
import org.mediacore.sdp.RtpFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the codec of an audio stream: the first in our order of preference that the peer named.
 */
final class AudioSelector {
  private static final Logger LOG = LoggerFactory.getLogger(AudioSelector.class);
  private static final int DEFAULT_PTIME_MS = 20;
  private static final int MAX_PTIME_MS = 1000;

  private AudioSelector() {}

  /**
   * A codec that fits.
   *
   * @param format as the peer named it
   * @param provider ours
   * @param parameters as agreed, with the packet length the peer asks for
   */
  record Choice(RtpFormat format, CodecProvider provider, CodecParameters parameters) {}

  /** Whether a stream is one we could take at all. */
  static boolean isCandidate(MediaDescription media, Predicate<String> profiles) {
    return media.type().equals("audio") && !media.isRefused() && profiles.test(media.protocol());
  }

  /** The best codec for a stream. */
  static Optional<Choice> choose(MediaDescription media, List<CodecProvider> providers) {
    for (CodecProvider provider : providers) {
      for (RtpFormat format : media.rtpFormats()) {
        if (matches(provider.descriptor(), format.encoding())) {
          Optional<Choice> choice = negotiate(media, format, provider);
          if (choice.isPresent()) {
            return choice;
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The codec of an answer: its first that we have, for that is what the peer sends.
   *
   * @param offered its formats that we had offered
   */
  static Optional<Choice> chooseOfAnswer(
      MediaDescription media, List<RtpFormat> offered, List<CodecProvider> providers) {
    for (RtpFormat format : offered) {
      for (CodecProvider provider : providers) {
        if (matches(provider.descriptor(), format.encoding())) {
          Optional<Choice> choice = negotiate(media, format, provider);
          if (choice.isPresent()) {
            return choice;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Choice> negotiate(
      MediaDescription media, RtpFormat format, CodecProvider provider) {
    if (hears(media) && !provider.encodes()) {
      return Optional.empty();
    }
    try {
      return provider
          .negotiate(Fmtp.parse(format.fmtp()), ptimeMs(media))
          .map(agreed -> new Choice(format, provider, agreed));
    } catch (MediaSetupException broken) {
      LOG.warn("{}; the codec is not used for this session", broken.getMessage());
      return Optional.empty();
    }
  }

  /** Whether the peer wants to hear something, too. */
  static boolean hears(MediaDescription media) {
    return media.direction() != Direction.SENDONLY;
  }

  /** The packet length to send: what the peer prefers, within what it takes. */
  private static int ptimeMs(MediaDescription media) {
    double wanted = media.ptimeMs().orElse(DEFAULT_PTIME_MS);
    double longest = Math.min(MAX_PTIME_MS, media.maxPtimeMs().orElse(MAX_PTIME_MS));
    return (int) Math.max(1, Math.min(wanted, longest));
  }

  static boolean matches(CodecDescriptor descriptor, RtpEncoding encoding) {
    return descriptor.matches(encoding.name(), encoding.clockRateHz(), encoding.channels());
  }

  /** How our descriptions name a codec. */
  static RtpEncoding encodingOf(CodecDescriptor descriptor) {
    return new RtpEncoding(
        descriptor.encoding(), descriptor.rtpClockRateHz(), descriptor.rtpChannels());
  }

  /** Telephone events. */
  static final String EVENTS = "telephone-event";

  /** Comfort noise. */
  static final String NOISE = "CN";

  /**
   * What goes beside a codec: telephone events or comfort noise, of the same clock (RFC 4733 §2.1,
   * RFC 3389 §6).
   */
  static Optional<RtpFormat> beside(MediaDescription media, String encoding, int clockRateHz) {
    return media.rtpFormats().stream()
        .filter(format -> isBeside(format.encoding(), encoding, clockRateHz))
        .findFirst();
  }

  /** Whether a format is the one that goes beside a codec. */
  static boolean isBeside(RtpEncoding format, String encoding, int clockRateHz) {
    return format.name().equalsIgnoreCase(encoding) && format.clockRateHz() == clockRateHz;
  }
}
