package org.mediacore.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract inside a test and tells which of its methods failed. */
final class ContractRun implements TestExecutionListener {
  private final Set<String> failed = new TreeSet<>();
  private final List<String> failures = new ArrayList<>();
  private int succeeded;

  private ContractRun() {}

  /** Runs all of it. */
  static ContractRun of(Class<?> contract) {
    return run(DiscoverySelectors.selectClass(contract));
  }

  /** Runs one of its methods. */
  static ContractRun of(Class<?> contract, String method) {
    return run(DiscoverySelectors.selectMethod(contract, method));
  }

  private static ContractRun run(DiscoverySelector selector) {
    ContractRun run = new ContractRun();
    Launcher launcher = LauncherFactory.create();
    launcher.execute(LauncherDiscoveryRequestBuilder.request().selectors(selector).build(), run);
    return run;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      failed.add(nameOf(test));
      failures.add(result.getThrowable().map(Throwable::toString).orElse(""));
    } else if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
      succeeded++;
    }
  }

  private static String nameOf(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getMethodName())
        .orElse(test.getDisplayName());
  }

  /** The methods of which at least one test failed. */
  Set<String> failed() {
    return failed;
  }

  /** What the failures said. */
  List<String> failures() {
    return failures;
  }

  int succeeded() {
    return succeeded;
  }
}
