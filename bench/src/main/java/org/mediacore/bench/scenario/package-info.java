/** Benchmarks of the whole platform, as a process, under load. */
package org.mediacore.bench.scenario;
