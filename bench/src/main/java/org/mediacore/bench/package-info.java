/**
 * Benchmarks and long runs: what {@code ./mediacore bench NAME} and {@code ./mediacore soak NAME
 * MINUTES} do.
 */
package org.mediacore.bench;
