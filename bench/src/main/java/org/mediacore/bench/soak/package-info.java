/** Long runs that pass or fail. */
package org.mediacore.bench.soak;
