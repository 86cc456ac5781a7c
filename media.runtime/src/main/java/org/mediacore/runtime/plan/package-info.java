/**
 * The planner: turns what was negotiated and what the other end needs into a plan, which is plain
 * data that can be printed, compared and tested without audio.
 */
package org.mediacore.runtime.plan;
