package org.mediacore.deployer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Says in words what a bundle needs and no installed bundle provides. */
final class Requirements {
  /** How an import with a range of versions is written as a filter. */
  private static final Pattern PACKAGE =
      Pattern.compile(
          "\\(&\\(osgi\\.wiring\\.package=([^)]*)\\)\\(version>=([^)]*)\\)"
              + "\\(!\\(version>=([^)]*)\\)\\)\\)");

  private final FrameworkWiring wiring;

  Requirements(FrameworkWiring wiring) {
    this.wiring = wiring;
  }

  /** The mandatory requirements of an installed bundle that nothing provides, one text each. */
  List<String> missing(Bundle bundle) {
    List<String> missing = new ArrayList<>();
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
      if (isMandatory(requirement) && wiring.findProviders(requirement).isEmpty()) {
        missing.add(describe(requirement));
      }
    }
    return missing;
  }

  private static boolean isMandatory(BundleRequirement requirement) {
    Map<String, String> directives = requirement.getDirectives();
    String effective = directives.get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
    boolean now = effective == null || effective.equals(Namespace.EFFECTIVE_RESOLVE);
    String resolution = directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
    boolean loose =
        Namespace.RESOLUTION_OPTIONAL.equals(resolution)
            || PackageNamespace.RESOLUTION_DYNAMIC.equals(resolution);
    return now && !loose;
  }

  static String describe(BundleRequirement requirement) {
    String filter =
        requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "any");
    Matcher ranged = PACKAGE.matcher(filter);
    if (ranged.matches()) {
      return "package " + ranged.group(1) + " [" + ranged.group(2) + "," + ranged.group(3) + ")";
    }
    String what =
        switch (requirement.getNamespace()) {
          case PackageNamespace.PACKAGE_NAMESPACE -> "package";
          case HostNamespace.HOST_NAMESPACE -> "fragment host";
          case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> "Java version";
          default -> "capability " + requirement.getNamespace();
        };
    return what + " " + filter;
  }

  /** Whether a bundle is a fragment, which is never started. */
  static boolean isFragment(Bundle bundle) {
    return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
  }
}
