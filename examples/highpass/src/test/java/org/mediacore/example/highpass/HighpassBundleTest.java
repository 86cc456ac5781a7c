package org.mediacore.example.highpass;

import org.mediacore.tck.AudioProcessorBundleContract;

/** The bundle in a container: it starts, registers, and its instances outlive it. */
class HighpassBundleTest extends AudioProcessorBundleContract {}
