package org.mediacore.endpoint.standard;

import java.nio.file.Path;
import java.util.List;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointRequest;
import org.mediacore.api.file.MediaFileFormat;
import org.mediacore.format.wav.WavFormat;
import org.mediacore.tck.FakeMediaManager;
import org.mediacore.tck.FakeMediaSession;

/** The endpoints over a fake platform, a folder and work that runs by hand. */
final class EndpointFixture {
  final FakeMediaManager manager = new FakeMediaManager();
  final ManualWork work = new ManualWork();
  final Path dataDir;
  final StandardEndpoints endpoints;
  EndpointSettings settings;
  List<MediaFileFormat> formats = List.of(new WavFormat());

  EndpointFixture(Path home) {
    settings = EndpointSettings.defaults(home);
    dataDir = settings.dataDir();
    endpoints = new StandardEndpoints(() -> settings, () -> formats, work);
  }

  /** A new caller at an address. */
  FakeMediaSession call(String address) throws EndpointException {
    FakeMediaSession caller = manager.call();
    try {
      endpoints.open(new EndpointRequest(address, caller, manager));
    } catch (EndpointException e) {
      caller.close();
      throw e;
    }
    return caller;
  }

  /** Why a new caller is not connected. */
  EndpointException.Reason refusal(String address) {
    try {
      call(address);
    } catch (EndpointException e) {
      return e.reason();
    }
    throw new AssertionError(address + " was opened");
  }
}
