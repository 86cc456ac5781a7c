package org.mediacore.bench.kernel;

/**
 * What one kernel costs.
 *
 * @param kernel which one
 * @param nsPerOp mean time of a call, in ns
 * @param errorNs half of the 99.9 % confidence interval, in ns; 0 where there were too few runs
 * @param bytesPerOp bytes allocated by a call
 */
public record KernelResult(Kernel kernel, double nsPerOp, double errorNs, double bytesPerOp) {}
