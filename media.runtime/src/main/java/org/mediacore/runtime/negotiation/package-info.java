/** What two sides agree on: offers and answers of one session, and the codec chosen from them. */
package org.mediacore.runtime.negotiation;
