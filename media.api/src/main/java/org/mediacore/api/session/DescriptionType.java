package org.mediacore.api.session;

/** The role of a session description, as in WebRTC (RFC 9429 §3.2). */
public enum DescriptionType {
  OFFER,
  PRANSWER,
  ANSWER,
  ROLLBACK
}
