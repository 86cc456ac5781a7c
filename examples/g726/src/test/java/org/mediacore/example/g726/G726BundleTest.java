package org.mediacore.example.g726;

import org.mediacore.tck.AudioCodecBundleContract;

/** The bundle in a container: it starts, registers, and its instances outlive it. */
class G726BundleTest extends AudioCodecBundleContract {}
