package org.mediacore.runtime.negotiation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.RtpEncoding;
import org.mediacore.sdp.RtpFormat;

/** Why the formats of a stream were not chosen, in words for people. */
final class RefusedFormats {
  private RefusedFormats() {}

  /**
   * One for each format of whose name there is a codec and more to say than that it does not do.
   */
  static List<String> reasons(MediaDescription media, List<CodecProvider> providers) {
    List<String> reasons = new ArrayList<>();
    for (RtpFormat format : media.rtpFormats()) {
      reason(media, format, providers)
          .ifPresent(why -> reasons.add(format.encoding() + ": " + why));
    }
    return reasons;
  }

  private static Optional<String> reason(
      MediaDescription media, RtpFormat format, List<CodecProvider> providers) {
    RtpEncoding encoding = format.encoding();
    List<CodecProvider> named =
        providers.stream()
            .filter(provider -> provider.descriptor().encoding().equalsIgnoreCase(encoding.name()))
            .toList();
    List<CodecProvider> matching =
        named.stream()
            .filter(provider -> AudioSelector.matches(provider.descriptor(), encoding))
            .toList();
    if (named.isEmpty()) {
      return Optional.empty();
    }
    if (matching.isEmpty()) {
      return Optional.of("known is " + clocks(named));
    }
    return matching.stream()
        .map(provider -> refusal(media, format, provider))
        .filter(why -> !why.isEmpty())
        .findFirst()
        .or(() -> Optional.of("its parameters are refused"));
  }

  private static String clocks(List<CodecProvider> named) {
    return named.stream()
        .map(provider -> provider.descriptor().rtpmap())
        .map(rtpmap -> rtpmap.substring(rtpmap.indexOf('/')))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String refusal(MediaDescription media, RtpFormat format, CodecProvider provider) {
    String why = provider.refusal(Fmtp.parse(format.fmtp()));
    boolean mute = why.isEmpty() && AudioSelector.hears(media) && !provider.encodes();
    return mute ? "it is decoded only, and the stream is not sendonly" : why;
  }
}
