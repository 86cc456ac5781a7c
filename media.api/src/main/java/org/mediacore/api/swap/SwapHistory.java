package org.mediacore.api.swap;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The receipts of the last changes, as a service. Safe for use by several threads. */
@ProviderType
public interface SwapHistory {
  /** The receipts, the latest last; a bounded number is kept. */
  List<SwapReceipt> receipts();

  /** The providers that were refused in their trial, each with why, one line each. */
  List<String> quarantined();
}
