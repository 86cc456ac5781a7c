package org.mediacore.api.swap;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The bundles that can be replaced while the platform runs, and their earlier versions, as a
 * service: what {@code home/deploy} holds, what was in it, and what was put into the archive to be
 * tried. Safe for use by several threads; one change at a time.
 *
 * <p>A bundle is named by its symbolic name, with or without {@code org.mediacore.}, and a version
 * as {@link #versions} lists it. Methods that change something return once it is done, which takes
 * as long as the bundle needs to start; that sessions move to it follows by itself (see {@link
 * SwapHistory}).
 */
@ProviderType
public interface BundleStore {
  /** What there is, sorted by name and version, the base included. */
  List<BundleVersion> versions();

  /**
   * Puts a version into {@code home/deploy}, beside others of the same bundle.
   *
   * @return what has changed; nothing where it was there already
   * @throws BundleChangeException where the bundle or version is unknown or part of the base, where
   *     another change is under way, or where the bundle does not start; its jar is taken out again
   *     then
   */
  BundleChange deploy(String bundle, String version) throws BundleChangeException;

  /**
   * Takes a version out of {@code home/deploy}; the archive keeps it.
   *
   * @return what has changed
   * @throws BundleChangeException as for {@link #deploy}, where it is not in {@code home/deploy},
   *     and where it cannot be archived
   */
  BundleChange retire(String bundle, String version) throws BundleChangeException;

  /**
   * Deploys a version and then, if it passes its trial, retires the others of the same bundle; else
   * retires it again. Works in both directions, to a newer version and to an older one.
   *
   * @param trial asked between the two steps; {@link SwapTrial#NONE} to go on at once
   * @return what has changed: nothing where the trial was not passed
   * @throws BundleChangeException as for {@link #deploy} and {@link #retire}; what was there before
   *     is there again
   * @throws InterruptedException where the trial was interrupted; what was there before is there
   *     again
   */
  BundleChange swap(String bundle, String version, SwapTrial trial)
      throws BundleChangeException, InterruptedException;

  /**
   * Reverses the last change that was not undone so far; a restart of the platform does not make it
   * forget.
   *
   * @return what has changed
   * @throws BundleChangeException where there is nothing to undo, and as for {@link #swap}
   */
  BundleChange undo() throws BundleChangeException;
}
