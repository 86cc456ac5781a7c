/** Pure-Java audio kernels. Nothing here allocates, locks or logs after construction. */
package org.mediacore.dsp;
