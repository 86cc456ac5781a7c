package org.mediacore.api.capability;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Put on an {@link org.mediacore.api.payload.PayloadFormat}: writes {@code
 * media.payload;encoding=…;codec=…} into the manifest, the same facts as the format's descriptor,
 * so that a resolver can find the bundle that has a missing format.
 */
@Capability(namespace = ProvidesPayloadFormat.NAMESPACE)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ProvidesPayloadFormat {
  /** The capability's namespace. */
  String NAMESPACE = "media.payload";

  /** The encoding name in lower case, such as {@code mpeg4-generic}. */
  @Attribute("encoding")
  String encoding();

  /** The encoding name, in lower case, of the codecs whose frames it carries. */
  @Attribute("codec")
  String codec();
}
