/** What a frame of each codec costs, beside native programs that do the same. */
package org.mediacore.bench.codec;
