package org.mediacore.deployer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Says what in the container does not work, and why: bundles that cannot be resolved, components
 * that are not satisfied or failed. A service of a JDK type, so that the launcher, which shares no
 * type with any bundle, can ask.
 */
final class Diagnosis implements Supplier<String> {
  private final BundleContext context;
  private final Requirements requirements;
  private final Supplier<Optional<ServiceComponentRuntime>> components;

  Diagnosis(
      BundleContext context,
      Requirements requirements,
      Supplier<Optional<ServiceComponentRuntime>> components) {
    this.context = context;
    this.requirements = requirements;
    this.components = components;
  }

  /** One line per trouble; says so when there is none. */
  @Override
  public String get() {
    List<String> lines = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getState() == Bundle.INSTALLED) {
        lines.add(
            "bundle "
                + bundle.getSymbolicName()
                + " is not resolved, nothing provides: "
                + String.join("; ", requirements.missing(bundle)));
      }
    }
    Optional<ServiceComponentRuntime> runtime = components.get();
    if (runtime.isEmpty()) {
      lines.add("Declarative Services is not running");
    }
    runtime.ifPresent(service -> addComponents(service, lines));
    return lines.isEmpty() ? "every component is satisfied" : String.join("\n", lines);
  }

  private static void addComponents(ServiceComponentRuntime runtime, List<String> lines) {
    for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
      for (ComponentConfigurationDTO component :
          runtime.getComponentConfigurationDTOs(description)) {
        String name = "component " + description.name + " ";
        switch (component.state) {
          case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
              lines.add(name + "has no configuration");
          case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> {
            for (UnsatisfiedReferenceDTO reference : component.unsatisfiedReferences) {
              lines.add(name + "waits for " + service(description, reference));
            }
          }
          case ComponentConfigurationDTO.FAILED_ACTIVATION ->
              lines.add(name + "failed: " + firstLine(component.failure));
          default -> {
            // satisfied or active
          }
        }
      }
    }
  }

  private static String service(
      ComponentDescriptionDTO description, UnsatisfiedReferenceDTO reference) {
    for (var declared : description.references) {
      if (declared.name.equals(reference.name)) {
        String target = reference.target == null ? "" : " " + reference.target;
        return declared.interfaceName + target;
      }
    }
    return reference.name;
  }

  private static String firstLine(String failure) {
    return failure == null ? "no reason given" : failure.lines().findFirst().orElse("");
  }
}
