/**
 * The loop's side of a session: a leg receives and sends packets; what happens between is one of a
 * few inbound pipelines. Everything here runs on the leg's loop.
 */
package org.mediacore.runtime.pipeline;
