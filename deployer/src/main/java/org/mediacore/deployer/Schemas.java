package org.mediacore.deployer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Finds what bundles say about their configuration (Metatype). */
final class Schemas {
  private static final String FOLDER = "OSGI-INF/metatype";

  private final BundleContext context;
  private final Supplier<Optional<MetaTypeService>> metatype;

  /**
   * What one bundle says about one PID.
   *
   * @param origin the bundle and its state of content: another origin means another schema
   * @param keys the keys, described
   */
  record Schema(String origin, List<Key> keys) {
    Optional<Key> key(String id) {
      return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    List<String> ids() {
      return keys.stream().map(Key::id).toList();
    }
  }

  /**
   * One key.
   *
   * @param definition type, options, check
   * @param range the limits as text, empty where there are none; looked up for messages only
   */
  record Key(AttributeDefinition definition, Supplier<String> range) {
    String id() {
      return definition.getID();
    }
  }

  Schemas(BundleContext context, Supplier<Optional<MetaTypeService>> metatype) {
    this.context = context;
    this.metatype = metatype;
  }

  /** Whether a bundle says anything about configuration; asked before anything is parsed. */
  static boolean isIn(Bundle bundle) {
    return bundle.getEntryPaths(FOLDER) != null;
  }

  /** The schema of a PID, or of the factory PID before a {@code ~}. */
  Optional<Schema> find(String pid) {
    String name = pid.split("~", 2)[0];
    Optional<MetaTypeService> service = metatype.get();
    if (service.isEmpty()) {
      return Optional.empty();
    }
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getState() != Bundle.UNINSTALLED && isIn(bundle)) {
        MetaTypeInformation information = service.get().getMetaTypeInformation(bundle);
        // null: the bundle cannot be resolved, so its entries cannot be found
        if (information != null && names(information).contains(name)) {
          return Optional.of(schema(bundle, information.getObjectClassDefinition(name, null)));
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> names(MetaTypeInformation information) {
    List<String> names = new ArrayList<>();
    names.addAll(Arrays.asList(information.getPids()));
    names.addAll(Arrays.asList(information.getFactoryPids()));
    return names;
  }

  private static Schema schema(Bundle bundle, ObjectClassDefinition definition) {
    AttributeDefinition[] attributes =
        definition.getAttributeDefinitions(ObjectClassDefinition.ALL);
    List<Key> keys = new ArrayList<>();
    for (AttributeDefinition attribute :
        attributes == null ? new AttributeDefinition[0] : attributes) {
      keys.add(new Key(attribute, () -> range(bundle, attribute.getID())));
    }
    return new Schema(bundle.getBundleId() + "@" + bundle.getLastModified(), keys);
  }

  /**
   * The Metatype service checks limits and does not name them, so they are read from its source.
   */
  private static String range(Bundle bundle, String key) {
    Enumeration<URL> files = bundle.findEntries(FOLDER, "*.xml", false);
    try {
      DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      while (files != null && files.hasMoreElements()) {
        try (InputStream in = files.nextElement().openStream()) {
          NodeList attributes = parser.parse(in).getElementsByTagName("AD");
          for (int i = 0; i < attributes.getLength(); i++) {
            Element attribute = (Element) attributes.item(i);
            if (attribute.getAttribute("id").equals(key)) {
              return range(attribute.getAttribute("min"), attribute.getAttribute("max"));
            }
          }
        }
      }
      return "";
    } catch (IOException | SAXException | ParserConfigurationException e) {
      return "(limits unreadable: " + e.getMessage() + ")";
    }
  }

  private static String range(String min, String max) {
    if (min.isEmpty() && max.isEmpty()) {
      return "";
    }
    if (max.isEmpty()) {
      return "from " + min;
    }
    return min.isEmpty() ? "up to " + max : "from " + min + " to " + max;
  }
}
