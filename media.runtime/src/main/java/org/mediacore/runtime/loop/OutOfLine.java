package org.mediacore.runtime.loop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;

/**
 * Calls an action so that the compiler never merges the action's code into the caller's.
 *
 * <p>Compiled code that is on a thread's stack keeps the classes alive that were merged into it. A
 * loop waits most of its time; were what it calls between two waits merged into the methods that
 * wait, it would hold on to the class loaders of bundles that were replaced long ago, as long as it
 * turns. The handle is no constant to the compiler, which therefore calls it and knows nothing of
 * what it does.
 *
 * @param <T> what the action is given
 */
final class OutOfLine<T> implements Consumer<T> {
  private static final MethodHandle ACCEPT;

  static {
    try {
      ACCEPT =
          MethodHandles.publicLookup()
              .findVirtual(
                  Consumer.class, "accept", MethodType.methodType(void.class, Object.class));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final MethodHandle action;

  OutOfLine(Consumer<T> action) {
    this.action = ACCEPT.bindTo(action);
  }

  @Override
  public void accept(T value) {
    try {
      action.invokeExact((Object) value);
    } catch (RuntimeException | Error failed) {
      throw failed;
    } catch (Throwable impossible) {
      throw new IllegalStateException("a consumer throws nothing else", impossible);
    }
  }
}
