/** Microbenchmarks of what runs once for every packet. */
package org.mediacore.bench.kernel;
