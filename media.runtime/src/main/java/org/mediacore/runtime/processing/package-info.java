/** The audio processors that are there. */
package org.mediacore.runtime.processing;
