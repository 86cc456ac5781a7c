/**
 * AAC: bare frames, decoded by media.ffmpeg and encoded by the machine's libfdk-aac, if it has one.
 */
package org.mediacore.codec.aac;
