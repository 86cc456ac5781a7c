/**
 * The control side: sessions, what they are connected to, and the manager. Runs on the caller's
 * threads under one lock, and hands finished pipelines to the loops.
 */
package org.mediacore.runtime.session;
