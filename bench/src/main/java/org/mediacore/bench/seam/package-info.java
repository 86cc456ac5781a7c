/** Calls with a tone each, their packets with the kernel's time, and who judges them. */
package org.mediacore.bench.seam;
