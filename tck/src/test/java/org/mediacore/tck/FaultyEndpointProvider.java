package org.mediacore.tck;

import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointException.Reason;
import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.api.endpoint.EndpointRequest;
import org.mediacore.api.session.AudioPort;
import org.mediacore.api.session.ConnectOptions;

/** Answers {@code tone} with a tone, and keeps the contract but for one fault of choice. */
final class FaultyEndpointProvider implements EndpointProvider {
  /** What it does wrong. */
  enum Fault {
    NONE,
    HANDLING_THROWS,
    DOES_NOT_CONNECT,
    HANGS_UP,
    BUSY_FOR_GOOD,
    REFUSES_BY_RUNTIME_EXCEPTION,
    THROWS_ON_ODD_ADDRESSES,
    HIDES_FAILED_CONNECTION,
    ONE_PORT_FOR_ALL,
    PORT_WRITES_OUTSIDE,
    PORT_CHANGES_WHAT_IS_HEARD,
    PORT_ALLOCATES,
    LEAKS
  }

  private final Fault fault;
  private final List<byte[]> leaked = new ArrayList<>();
  private final Tone common;
  private boolean busy;

  FaultyEndpointProvider(Fault fault) {
    this.fault = fault;
    common = new Tone();
  }

  @Override
  public boolean handles(String address) {
    return fault == Fault.HANDLING_THROWS ? address.charAt(0) == 't' : address.startsWith("tone");
  }

  @Override
  public void open(EndpointRequest request) throws EndpointException {
    if (!request.address().equals("tone")) {
      if (fault == Fault.REFUSES_BY_RUNTIME_EXCEPTION && request.address().equals("tone-deaf")
          || fault == Fault.THROWS_ON_ODD_ADDRESSES && request.address().isBlank()) {
        throw new IllegalArgumentException(request.address());
      }
      throw new EndpointException(Reason.NOT_FOUND, "there is one tone only");
    }
    if (fault == Fault.BUSY_FOR_GOOD && busy) {
      throw new EndpointException(Reason.UNAVAILABLE, "somebody is listening already");
    }
    busy = true;
    if (fault == Fault.LEAKS) {
      leaked.add(new byte[2_000]);
    }
    try {
      if (fault != Fault.DOES_NOT_CONNECT) {
        request
            .session()
            .connect(fault == Fault.ONE_PORT_FOR_ALL ? common : new Tone(), ConnectOptions.DEFAULT);
      }
    } catch (MediaSetupException failed) {
      if (fault != Fault.HIDES_FAILED_CONNECTION) {
        throw new EndpointException(Reason.UNAVAILABLE, "cannot be connected", failed);
      }
    }
    if (fault == Fault.HANGS_UP) {
      request.session().close();
    }
  }

  private final class Tone implements AudioPort {
    private int phase;
    private byte[] garbage = {};

    @Override
    public String describe() {
      return "tone";
    }

    @Override
    public AudioFormat format() {
      return new AudioFormat(8_000, 1);
    }

    @Override
    public int read(short[] pcm, int offset, int samples) {
      for (int i = 0; i < samples; i++) {
        pcm[offset + i] = (short) (phase++ % 8 < 4 ? 3_000 : -3_000);
      }
      if (fault == Fault.PORT_WRITES_OUTSIDE && offset > 0) {
        pcm[offset - 1] = 0;
      }
      return samples;
    }

    @Override
    public void write(short[] pcm, int offset, int samples) {
      if (fault == Fault.PORT_CHANGES_WHAT_IS_HEARD) {
        pcm[offset]++;
      }
      if (fault == Fault.PORT_ALLOCATES) {
        garbage = new byte[16 + garbage.length % 2];
      }
    }

    @Override
    public void close() {}
  }
}
