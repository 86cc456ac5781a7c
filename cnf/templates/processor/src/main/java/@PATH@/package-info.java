/**
 * The processor @NAME@: makes what a peer says quieter or louder. {@link
 * @PACKAGE@.@CLASS@ProcessorFactory} is the service; nothing here is exported.
 */
package @PACKAGE@;
