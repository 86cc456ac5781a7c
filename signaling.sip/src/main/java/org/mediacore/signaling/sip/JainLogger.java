package org.mediacore.signaling.sip;

import gov.nist.core.CommonLogger;
import gov.nist.core.StackLogger;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What JAIN-SIP says goes to SLF4J; without a logger of its own it asks for log4j. Almost
 * everything that it calls an error is a peer's bad message, so all of that is debug here:
 * strangers must not be able to fill the log.
 */
final class JainLogger implements StackLogger {
  private static final Logger LOG = LoggerFactory.getLogger("org.mediacore.signaling.sip.jain");

  /** Before the first class of JAIN-SIP is used: its loggers are static. */
  static void install() {
    CommonLogger.legacyLogger = new JainLogger();
  }

  @Override
  public boolean isLoggingEnabled() {
    return LOG.isDebugEnabled();
  }

  @Override
  public boolean isLoggingEnabled(int level) {
    return level > TRACE_ERROR ? LOG.isTraceEnabled() : LOG.isDebugEnabled();
  }

  @Override
  public void logFatalError(String message) {
    LOG.error(message);
  }

  @Override
  public void logError(String message) {
    LOG.debug(message);
  }

  @Override
  public void logError(String message, Exception cause) {
    LOG.debug(message, cause);
  }

  @Override
  public void logException(Throwable cause) {
    LOG.debug("in the SIP stack", cause);
  }

  @Override
  public void logWarning(String message) {
    LOG.debug(message);
  }

  @Override
  public void logInfo(String message) {
    LOG.trace(message);
  }

  @Override
  public void logDebug(String message) {
    LOG.trace(message);
  }

  @Override
  public void logDebug(String message, Exception cause) {
    LOG.trace(message, cause);
  }

  @Override
  public void logTrace(String message) {
    LOG.trace(message);
  }

  @Override
  public void logStackTrace() {
    // The stack asks for a trace of its own calls, for its authors.
  }

  @Override
  public void logStackTrace(int level) {
    // As above.
  }

  @Override
  public int getLineCount() {
    return 0;
  }

  @Override
  public void disableLogging() {
    // The level is the logging backend's.
  }

  @Override
  public void enableLogging() {
    // The level is the logging backend's.
  }

  @Override
  public void setBuildTimeStamp(String timestamp) {
    // Of no use here.
  }

  @Override
  public void setStackProperties(Properties properties) {
    // Nothing is configured through the stack.
  }

  @Override
  public String getLoggerName() {
    return LOG.getName();
  }
}
