package org.mediacore.api.swap;

/**
 * One version of a bundle.
 *
 * @param bundle the symbolic name
 * @param version the version; where there are several builds of one, followed by {@code +} and what
 *     tells them apart
 * @param base whether it is part of the base, which is replaced by a restart only
 * @param running whether it is started
 * @param deployed whether its jar is in {@code home/deploy}
 * @param archived whether its jar is in the archive, {@code home/data/bundles}
 * @param complaint why it is deployed and does not run; empty where nothing is wrong
 */
public record BundleVersion(
    String bundle,
    String version,
    boolean base,
    boolean running,
    boolean deployed,
    boolean archived,
    String complaint) {}
