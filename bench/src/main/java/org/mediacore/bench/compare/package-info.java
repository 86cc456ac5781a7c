/** Two results of the same benchmark: what became slower beyond noise. */
package org.mediacore.bench.compare;
