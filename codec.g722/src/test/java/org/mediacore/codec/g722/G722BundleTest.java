package org.mediacore.codec.g722;

import org.mediacore.tck.AudioCodecBundleContract;

/** The bundle in a container: it can be replaced under running calls. */
class G722BundleTest extends AudioCodecBundleContract {}
