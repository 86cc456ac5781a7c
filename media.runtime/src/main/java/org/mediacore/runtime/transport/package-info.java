/** The transport factories that are there. */
package org.mediacore.runtime.transport;
