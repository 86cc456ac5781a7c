/** What conversions of audio do to the signal and what they cost: docs/conversions.md. */
package org.mediacore.bench.conversion;
