package org.mediacore.api.capability;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Put on an {@link org.mediacore.api.codec.AudioCodecFactory}: writes {@code
 * media.codec;encoding=…} into the manifest, the same fact as the factory's descriptor, so that a
 * resolver can find the bundle that has a missing codec.
 */
@Capability(namespace = ProvidesCodec.NAMESPACE)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(ProvidesCodecs.class)
public @interface ProvidesCodec {
  /** The capability's namespace. */
  String NAMESPACE = "media.codec";

  /** The encoding name in lower case, such as {@code opus}. */
  @Attribute("encoding")
  String encoding();

  /**
   * The media kind, {@code audio} or {@code video}; where the manifest does not say, it is audio.
   */
  @Attribute("kind")
  String kind() default "audio";
}
