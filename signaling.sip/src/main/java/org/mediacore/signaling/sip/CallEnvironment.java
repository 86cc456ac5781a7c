package org.mediacore.signaling.sip;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.mediacore.api.session.MediaManager;

/**
 * What a call needs of its surroundings.
 *
 * @param manager the platform
 * @param listen our address
 * @param responses writes responses
 * @param requests sends requests of ours
 * @param timers runs something later
 * @param tokens makes tags and branches
 * @param workers threads that may block
 * @param nowMs a clock that never goes back, in milliseconds
 * @param ended hears of each call once, when it is over
 */
record CallEnvironment(
    MediaManager manager,
    ListenAddress listen,
    Responses responses,
    ClientTransactions requests,
    Timers timers,
    Tokens tokens,
    Executor workers,
    LongSupplier nowMs,
    Consumer<Call> ended) {}
