/**
 * A high-pass on what a peer says: takes away mains hum and direct current. {@link
 * org.mediacore.example.highpass.HighpassProcessorFactory} is the service.
 */
package org.mediacore.example.highpass;
