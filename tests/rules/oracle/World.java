// SPDX-License-Identifier: Apache-2.0
// What the functions look things up in: the registry, the parameters, read from the bundle's files.
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

final class World {
  final Map<String, Element> entries = new HashMap<>();  // registry, by id
  final Map<String, Element> members = new HashMap<>();  // regional.xml, by country
  final Map<String, String> corridors = new HashMap<>();  // "US-MX" -> class
  final Map<String, Map<String, String>> limits = new HashMap<>();  // country or "" -> key -> limit
  final List<Element> exchanges = new ArrayList<>();
  final List<String> archive = new ArrayList<>();  // rules that do not run on archive data
  final Map<String, List<Map<String, String>>> lists = new HashMap<>();  // list -> rows

  private final File schema;

  World(File schema) throws Exception {
    this.schema = schema;
    readRegistry();
    File[] files = new File(schema, "parameters").listFiles((d, n) -> n.endsWith(".xml"));
    Arrays.sort(files);
    for (File file : files) readParameters(file);
  }

  static Document parse(File file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(file);
  }

  static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element && (name == null || n.getLocalName().equals(name))) {
        found.add((Element) n);
      }
    }
    return found;
  }

  static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent().trim();
  }

  private void readRegistry() throws Exception {
    Element root = parse(new File(schema, "registry/seed.xml")).getDocumentElement();
    for (Element entry : children(root, null)) {
      switch (entry.getLocalName()) {
        case "Organisation": entries.put(text(entry, "OrgId"), entry); break;
        case "Facility": entries.put(text(entry, "FacilityId"), entry); break;
        case "Port": entries.put(text(entry, "PortCode"), entry); break;
        default: break;
      }
    }
  }

  private void readParameters(File file) throws Exception {
    Element root = parse(file).getDocumentElement();
    String country = root.getAttribute("country");
    for (Element e : children(root, null)) {
      switch (e.getLocalName()) {
        case "Member": members.put(e.getAttribute("country"), e); break;
        case "Corridor":
          corridors.put(e.getAttribute("from") + "-" + e.getAttribute("to"), e.getAttribute("class"));
          break;
        case "ArchiveExemption": archive.add(e.getAttribute("rule")); break;
        case "Exchange": exchanges.add(e); break;
        case "TimeLimit":
          for (Element value : children(e, "Value")) {
            String when = text(value, "AppliesWhen") + text(value, "FacilityType");
            limits.computeIfAbsent(country, k -> new HashMap<>())
                .put(e.getAttribute("id") + " " + when,
                     text(value, "Amount") + " " + text(value, "Unit"));
          }
          break;
        default: break;
      }
    }
  }

  /** The country's value before the region's, the one for `when` before the general one. */
  String limit(String key, String country, String when) {
    for (String condition : when.isEmpty() ? new String[] {""} : new String[] {when, ""}) {
      for (String place : new String[] {country, ""}) {
        String found = limits.getOrDefault(place, Collections.emptyMap()).get(key + " " + condition);
        if (found != null) return found;
      }
    }
    return "";
  }

  List<String> registry(String id, String field) {
    Element entry = entries.get(id);
    List<String> values = new ArrayList<>();
    if (entry == null) return values;
    for (Element e : children(entry, field)) {
      values.add(field.equals("Corridor") ? text(e, "From") + "-" + text(e, "To")
                                          : e.getTextContent().trim());
    }
    return values;
  }

  /** The child window of a port on a weekday (ISO: Monday is 1), as {opens, closes}; null if none. */
  String[] window(String port, int weekday) {
    Element entry = entries.get(port);
    if (entry == null) return null;
    for (Element e : children(entry, "ChildWindow")) {
      if (text(e, "Day").equals(Integer.toString(weekday))) {
        return new String[] {text(e, "Opens"), text(e, "Closes")};
      }
    }
    return null;
  }

  /** The rows of a code list, by the short name of its file; each row by column. */
  List<Map<String, String>> list(String name) throws Exception {
    List<Map<String, String>> rows = lists.get(name);
    if (rows != null) return rows;
    rows = new ArrayList<>();
    lists.put(name, rows);
    File file = new File(schema, "codes/" + name + ".gc");
    if (!file.exists()) return rows;
    for (Element table : children(parse(file).getDocumentElement(), "SimpleCodeList")) {
      for (Element row : children(table, "Row")) {
        Map<String, String> values = new HashMap<>();
        for (Element value : children(row, "Value")) {
          values.put(value.getAttribute("ColumnRef"), text(value, "SimpleValue"));
        }
        rows.add(values);
      }
    }
    return rows;
  }
}
