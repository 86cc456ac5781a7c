package @PACKAGE@;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What is configured, in {@code conf/@PACKAGE@.cfg}. */
@ObjectClassDefinition(id = @CLASS@Config.PID, name = "@NAME@")
@interface @CLASS@Config {
  String PID = "@PACKAGE@";

  /** The key {@code gain.db}. */
  @AttributeDefinition(description = "Gain in dB, -40 to 20.", min = "-40", max = "20")
  double gain_db() default -6;
}
