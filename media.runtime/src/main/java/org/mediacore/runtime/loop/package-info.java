/**
 * The media loop: one thread with a selector, timers and a clock. What a session does with packets
 * and audio happens here, without locks.
 */
package org.mediacore.runtime.loop;
