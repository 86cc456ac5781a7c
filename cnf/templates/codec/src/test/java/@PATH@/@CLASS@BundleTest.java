package @PACKAGE@;

import org.mediacore.tck.AudioCodecBundleContract;

/** The bundle in a container: it starts, registers, and its instances outlive it. */
class @CLASS@BundleTest extends AudioCodecBundleContract {}
