package org.mediacore.codec.opus;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;

/**
 * An engine that loads on a thread of its own, so that starting the bundle does not take the tenth
 * of a second that JNA and libopus take. Who wants an instance earlier waits.
 */
final class LoadingEngine implements OpusEngine {
  private final CompletableFuture<OpusEngine> engine;

  /**
   * @param load makes the engine; does not fail
   */
  LoadingEngine(Supplier<OpusEngine> load) {
    engine = CompletableFuture.supplyAsync(load, LoadingEngine::startThread);
  }

  private static void startThread(Runnable task) {
    Thread thread = new Thread(task, "opus-loading");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public String description() {
    return engine.join().description();
  }

  @Override
  public boolean has(LibraryFeature feature) {
    return engine.join().has(feature);
  }

  @Override
  public EncoderCore newEncoder(AudioFormat format, Application application)
      throws MediaSetupException {
    return engine.join().newEncoder(format, application);
  }

  @Override
  public DecoderCore newDecoder(DecoderPlan plan) throws MediaSetupException {
    return engine.join().newDecoder(plan);
  }

  @Override
  public void release() {
    engine.join().release();
  }
}
