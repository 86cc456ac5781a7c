package org.mediacore.runtime.negotiation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.negotiation.AudioSelector.Choice;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.RtpEncoding;
import org.mediacore.sdp.RtpFormat;
import org.mediacore.sdp.negotiation.PayloadTypeConflict;
import org.mediacore.sdp.negotiation.PayloadTypeMap;

/**
 * The formats that one session's descriptions list, under payload types that keep their meaning for
 * its life (RFC 3264 §8.3.2). Used by one thread at a time.
 */
final class OurFormats {
  private final PayloadTypeMap types = new PayloadTypeMap();

  /** What the peer calls by a payload type is that from now on. */
  void bindRemote(MediaDescription media) {
    types.bindRemote(media);
  }

  /** Refuses a description in which the peer gives a payload type another meaning. */
  void requireSameMeaning(MediaDescription media) throws MediaSetupException {
    for (RtpFormat format : media.rtpFormats()) {
      Optional<PayloadTypeConflict> conflict =
          types
              .remote(format.payloadType())
              .filter(before -> !before.encoding().equals(format.encoding()))
              .map(before -> new PayloadTypeConflict(before, format));
      if (conflict.isPresent()) {
        throw new MediaSetupException(
            Reason.BAD_DESCRIPTION,
            "a payload type keeps its meaning for a session's life (RFC 3264 §8.3.2)",
            conflict.get().toString());
      }
    }
  }

  /** The codecs, the most wanted first, then what goes beside them; of codecs that can send. */
  List<RtpFormat> toOffer(List<CodecProvider> codecs, boolean withEvents)
      throws MediaSetupException {
    List<RtpFormat> formats = new ArrayList<>();
    Set<Integer> clocks = new LinkedHashSet<>();
    Set<Integer> noiseClocks = new LinkedHashSet<>();
    for (CodecProvider provider : codecs) {
      if (!provider.encodes()) {
        continue;
      }
      CodecDescriptor descriptor = provider.descriptor();
      formats.add(ours(AudioSelector.encodingOf(descriptor), descriptor.defaultFmtp().toText()));
      clocks.add(descriptor.rtpClockRateHz());
      if (provider.describesPauses()) {
        noiseClocks.add(descriptor.rtpClockRateHz());
      }
    }
    if (formats.isEmpty()) {
      throw new MediaSetupException(Reason.RESOURCE_MISSING, "no codec is installed", "");
    }
    if (withEvents) {
      for (int clockRateHz : clocks) {
        formats.add(ours(new RtpEncoding(AudioSelector.EVENTS, clockRateHz), "0-15"));
      }
    }
    for (int clockRateHz : noiseClocks) {
      formats.add(ours(new RtpEncoding(AudioSelector.NOISE, clockRateHz), ""));
    }
    return formats;
  }

  private RtpFormat ours(RtpEncoding encoding, String fmtp) throws MediaSetupException {
    int number = types.allocate(encoding, fmtp).orElseThrow(() -> noNumber(encoding));
    return new RtpFormat(number, encoding, fmtp);
  }

  /** The codec that was chosen, and what the peer offers beside it and we take. */
  List<RtpFormat> toAnswer(MediaDescription media, Choice choice, boolean withEvents)
      throws MediaSetupException {
    List<RtpFormat> formats = new ArrayList<>();
    RtpFormat codec = choice.format().withFmtp(choice.parameters().local().toText());
    formats.add(withOurNumber(codec));
    int clockRateHz = choice.provider().descriptor().rtpClockRateHz();
    Optional<RtpFormat> events = AudioSelector.beside(media, AudioSelector.EVENTS, clockRateHz);
    if (events.isPresent() && withEvents) {
      formats.add(withOurNumber(events.get()));
    }
    Optional<RtpFormat> noise = AudioSelector.beside(media, AudioSelector.NOISE, clockRateHz);
    if (noise.isPresent() && choice.provider().describesPauses()) {
      formats.add(withOurNumber(noise.get()));
    }
    return formats;
  }

  /** The peer's number where it is free to have that meaning here, else one of ours. */
  private RtpFormat withOurNumber(RtpFormat format) throws MediaSetupException {
    if (types.bindLocal(format).isEmpty()) {
      return format;
    }
    int number =
        types
            .allocate(format.encoding(), format.fmtp())
            .orElseThrow(() -> noNumber(format.encoding()));
    return format.withPayloadType(number);
  }

  private static MediaSetupException noNumber(RtpEncoding encoding) {
    return new MediaSetupException(
        Reason.LIMIT_REACHED, "no payload type is left for", encoding.toString());
  }
}
