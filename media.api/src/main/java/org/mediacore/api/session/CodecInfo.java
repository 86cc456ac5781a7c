package org.mediacore.api.session;

import org.mediacore.api.codec.CodecDescriptor;

/**
 * A codec that the platform can use now.
 *
 * @param descriptor the codec
 * @param provider the symbolic name and version of the bundle that provides it
 * @param ranking the provider's service ranking
 * @param selected whether new sessions use this provider
 * @param openInstances encoders and decoders of this provider that sessions hold
 */
public record CodecInfo(
    CodecDescriptor descriptor,
    String provider,
    int ranking,
    boolean selected,
    int openInstances) {}
