package org.mediacore.deployer;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osgi.service.metatype.AttributeDefinition;

/** Turns the text of a configuration file into the type that its key is defined with. */
final class ConfigValues {
  /** A value that its key does not allow. The message says what is allowed. */
  static final class WrongValueException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongValueException(String message) {
      super(message);
    }
  }

  private ConfigValues() {}

  /**
   * Checks and converts.
   *
   * @return an object of the key's type, or an array of it where the key takes several
   * @throws WrongValueException naming what is allowed
   */
  static Object convert(Schemas.Key key, String text) throws WrongValueException {
    AttributeDefinition definition = key.definition();
    String complaint = definition.validate(text);
    try {
      if (complaint == null || complaint.isEmpty()) {
        return definition.getCardinality() == 0
            ? scalar(definition.getType(), text)
            : array(definition, text);
      }
    } catch (IllegalArgumentException e) {
      throw new WrongValueException(allowed(key));
    }
    throw new WrongValueException(allowed(key));
  }

  private static Object array(AttributeDefinition definition, String text) {
    List<String> parts = split(text);
    Class<?> type = scalar(definition.getType(), sample(definition.getType())).getClass();
    Object[] values = (Object[]) Array.newInstance(type, parts.size());
    for (int i = 0; i < values.length; i++) {
      values[i] = scalar(definition.getType(), parts.get(i));
    }
    return values;
  }

  private static String sample(int type) {
    return type == AttributeDefinition.BOOLEAN ? "false" : "0";
  }

  /** Parts between commas, without the blanks around them; an empty text has none. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        parts.add(part.trim());
      }
    }
    return parts;
  }

  private static Object scalar(int type, String text) {
    return switch (type) {
      case AttributeDefinition.INTEGER -> Integer.valueOf(text);
      case AttributeDefinition.LONG -> Long.valueOf(text);
      case AttributeDefinition.SHORT -> Short.valueOf(text);
      case AttributeDefinition.BYTE -> Byte.valueOf(text);
      case AttributeDefinition.DOUBLE -> Double.valueOf(text);
      case AttributeDefinition.FLOAT -> Float.valueOf(text);
      case AttributeDefinition.CHARACTER -> character(text);
      case AttributeDefinition.BOOLEAN -> bool(text);
      default -> text;
    };
  }

  private static Character character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException(text);
    }
    return text.charAt(0);
  }

  private static Boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** As it would stand in a file. */
  static String format(Object value) {
    if (value instanceof Object[] several) {
      return String.join(",", Arrays.stream(several).map(String::valueOf).toList());
    }
    return String.valueOf(value);
  }

  private static String allowed(Schemas.Key key) {
    AttributeDefinition definition = key.definition();
    String[] options = definition.getOptionValues();
    StringBuilder text = new StringBuilder("allowed: ");
    if (options != null && options.length > 0) {
      text.append(String.join(", ", Arrays.asList(options)));
    } else {
      text.append(typeName(definition.getType()));
      String range = key.range().get();
      text.append(range.isEmpty() ? "" : " " + range);
    }
    if (definition.getCardinality() != 0) {
      text.append(", several separated by commas");
    }
    String description = definition.getDescription();
    return text.append(description == null ? "" : " (" + description + ")").toString();
  }

  private static String typeName(int type) {
    return switch (type) {
      case AttributeDefinition.INTEGER,
          AttributeDefinition.LONG,
          AttributeDefinition.SHORT,
          AttributeDefinition.BYTE ->
          "a whole number";
      case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> "a number";
      case AttributeDefinition.BOOLEAN -> "true or false";
      case AttributeDefinition.CHARACTER -> "one character";
      default -> "text";
    };
  }
}
