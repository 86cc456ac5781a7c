/**
 * Contract tests for those who implement a service of the platform: extend one class per service,
 * return your implementation, run it with JUnit Jupiter. Each test names the rule of the API that
 * it checks.
 */
package org.mediacore.tck;
