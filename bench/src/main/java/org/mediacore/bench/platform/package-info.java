/** The platform as a process: starting it, watching it from outside, ending it. */
package org.mediacore.bench.platform;
