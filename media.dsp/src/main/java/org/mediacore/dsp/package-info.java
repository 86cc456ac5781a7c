/**
 * Pure-Java audio kernels: resampling, formats of samples and channels, re-blocking, mixing,
 * levels, loss concealment, tones.
 *
 * <p>Where nothing else is said they work on interleaved signed 16-bit samples in arrays that the
 * caller owns; {@code offset} counts array elements, {@code samples} counts per channel. State is
 * kept in the instance, which one thread uses at a time. After construction nothing allocates,
 * locks, logs or reads a clock, and nothing is checked that the array access does not check: a
 * block that does not fit its array is a mistake of the caller and throws
 * IndexOutOfBoundsException.
 */
package org.mediacore.dsp;
