/** Loads FFmpeg and works its codecs; private to the bundle. */
package org.mediacore.ffmpeg.host;
