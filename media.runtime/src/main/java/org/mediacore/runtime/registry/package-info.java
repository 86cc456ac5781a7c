/** Replaceable services other than codecs that the runtime uses: transports and endpoints. */
package org.mediacore.runtime.registry;
