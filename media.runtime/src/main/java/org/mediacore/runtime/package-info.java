/**
 * The runtime as a component of the container: configuration, services that come and go, start and
 * stop.
 */
package org.mediacore.runtime;
