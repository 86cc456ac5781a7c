package @PACKAGE@;

import org.mediacore.tck.AudioProcessorBundleContract;

/** The bundle in a container: it starts, registers, and its instances outlive it. */
class @CLASS@BundleTest extends AudioProcessorBundleContract {}
