package org.mediacore.deployer;

import java.lang.reflect.Proxy;
import org.osgi.framework.Bundle;

/** A bundle that is started, and can nothing else. */
final class ActiveBundle {
  private ActiveBundle() {}

  static Bundle make() {
    return (Bundle)
        Proxy.newProxyInstance(
            Bundle.class.getClassLoader(),
            new Class<?>[] {Bundle.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getState")) {
                return Bundle.ACTIVE;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
