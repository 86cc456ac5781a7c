/** What a benchmark found: for people, as JSON, and in docs/benchmarks.md. */
package org.mediacore.bench.report;
