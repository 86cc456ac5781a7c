/**
 * Measures what the resampler does, from the outside: for tests and for docs/conversions.md. A
 * package of its own, so that it is not copied into bundles that only use the kernels.
 */
package org.mediacore.dsp.measure;
