package org.mediacore.bench.kernel;

/**
 * One microbenchmark with one parameter.
 *
 * @param method class and method
 * @param parameter the value of the class's only parameter; empty where it has none
 * @param title for people
 * @param audioMs the audio that one call handles, in ms
 */
public record Kernel(String method, String parameter, String title, double audioMs) {}
