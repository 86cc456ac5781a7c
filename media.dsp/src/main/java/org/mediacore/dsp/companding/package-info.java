/** The laws of ITU-T G.711, for codecs, files and conversions alike. */
package org.mediacore.dsp.companding;
