/** What is measured with: a voice-like signal, and codecs made outside the container. */
package org.mediacore.bench.material;
