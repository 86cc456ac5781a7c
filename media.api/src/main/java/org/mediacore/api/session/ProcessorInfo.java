package org.mediacore.api.session;

import org.mediacore.api.processing.ProcessorDescriptor;

/**
 * A processor that is there.
 *
 * @param descriptor the processor
 * @param provider the symbolic name and version of the bundle that provides it
 * @param ranking the provider's service ranking
 * @param selected whether new sessions use this provider
 * @param openInstances processors of this provider that sessions hold
 */
public record ProcessorInfo(
    ProcessorDescriptor descriptor,
    String provider,
    int ranking,
    boolean selected,
    int openInstances) {}
