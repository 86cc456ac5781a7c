package org.mediacore.codec.g711;

import org.mediacore.tck.AudioCodecBundleContract;

/** The bundle in a container: it can be replaced under running calls. */
class G711BundleTest extends AudioCodecBundleContract {}
