/** What a benchmark found: for people, as JSON, and on a page of docs/, as a drawing. */
package org.mediacore.bench.report;
