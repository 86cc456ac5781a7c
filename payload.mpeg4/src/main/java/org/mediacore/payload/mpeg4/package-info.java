/** Payload formats for frames of AAC: RFC 3640 and RFC 6416. */
package org.mediacore.payload.mpeg4;
