package org.mediacore.codec.l16;

import org.mediacore.tck.AudioCodecBundleContract;

/** The bundle in a container: it can be replaced under running calls. */
class L16BundleTest extends AudioCodecBundleContract {}
