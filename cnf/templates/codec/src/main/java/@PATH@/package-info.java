/**
 * The codec @NAME@: sixteen bits become eight by a square root. {@link
 * @PACKAGE@.@CLASS@CodecFactory} is the service; nothing here is exported.
 */
package @PACKAGE@;
