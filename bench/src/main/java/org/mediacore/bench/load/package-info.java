/**
 * A load generator for the whole platform: it calls over SIP, sends RTP on many legs from one
 * thread and measures what comes back.
 */
package org.mediacore.bench.load;
