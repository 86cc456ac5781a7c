package org.mediacore.signaling.sip;

/**
 * Registered as a service while SIP is configured; its service properties tell where it listens.
 */
final class SipListening {}
