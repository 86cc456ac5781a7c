/**
 * The codecs that are there: which factories, in which order, and the instances that sessions hold.
 */
package org.mediacore.runtime.codec;
