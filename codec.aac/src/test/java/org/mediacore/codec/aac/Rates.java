package org.mediacore.codec.aac;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/** The codecs of a factory at some rates: a configuration belongs to one rate. */
final class Rates implements AudioCodecFactory {
  private final AudioCodecFactory all;
  private final Predicate<CodecDescriptor> chosen;

  Rates(AudioCodecFactory all, int... ratesHz) {
    this(
        all,
        descriptor ->
            Arrays.stream(ratesHz).anyMatch(rateHz -> rateHz == descriptor.rtpClockRateHz()));
  }

  private Rates(AudioCodecFactory all, Predicate<CodecDescriptor> chosen) {
    this.all = all;
    this.chosen = chosen;
  }

  Rates mono() {
    return new Rates(all, chosen.and(descriptor -> descriptor.rtpChannels() == 1));
  }

  @Override
  public List<CodecDescriptor> descriptors() {
    return all.descriptors().stream().filter(chosen).toList();
  }

  @Override
  public Optional<CodecParameters> negotiate(CodecDescriptor descriptor, Fmtp remote, Fmtp local) {
    return all.negotiate(descriptor, remote, local);
  }

  @Override
  public CodecParameters withPtimeMs(CodecParameters agreed, int ptimeMs) {
    return all.withPtimeMs(agreed, ptimeMs);
  }

  @Override
  public boolean passesUnchanged(CodecParameters from, CodecParameters to) {
    return all.passesUnchanged(from, to);
  }

  @Override
  public boolean encodes(CodecDescriptor descriptor) {
    return all.encodes(descriptor);
  }

  @Override
  public boolean framesOnly(CodecDescriptor descriptor) {
    return all.framesOnly(descriptor);
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    return all.createEncoder(parameters);
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    return all.createDecoder(parameters);
  }
}
