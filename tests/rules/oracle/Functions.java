// SPDX-License-Identifier: Apache-2.0
// The extension functions of https://w3id.org/amparo/xpath/1, a second time: the rules' oracle and
// the vectors (tests/rules/vectors.tsv) hold the program's own against these.
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.sf.saxon.s9api.ExtensionFunction;
import net.sf.saxon.s9api.ItemType;
import net.sf.saxon.s9api.OccurrenceIndicator;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.SequenceType;
import net.sf.saxon.s9api.XdmAtomicValue;
import net.sf.saxon.s9api.XdmItem;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XdmValue;

final class Functions {
  static final String NAMESPACE = "https://w3id.org/amparo/xpath/1";

  /** Arguments come as strings, "" for an empty sequence; the result is any number of atoms. */
  interface Body {
    List<?> call(String[] a) throws Exception;
  }

  final World world;
  final Map<String, Body> bodies = new TreeMap<>();
  final Map<String, Integer> arity = new TreeMap<>();
  String asOf = "";

  Functions(World world) {
    this.world = world;
    defineTimes();
    definePapers();
    defineTables();
    definePlaces();
  }

  private void define(String name, int arguments, Body body) {
    bodies.put(name, body);
    arity.put(name, arguments);
  }

  private static List<?> maybe(String text) {
    return text.isEmpty() ? Collections.emptyList() : Collections.singletonList(text);
  }

  private static List<?> one(Object value) {
    return value == null ? Collections.emptyList() : Collections.singletonList(value);
  }

  private void defineTimes() {
    define("certainly-before", 2, a -> one(Times.certainlyBefore(a[0], a[1])));
    define("possibly-before", 2, a -> one(Times.possiblyBefore(a[0], a[1])));
    define("later", 2, a -> maybe(Times.later(a[0], a[1])));
    define("age-low", 2, a -> a[0].isEmpty() || a[1].isEmpty() ? one(null)
        : one(Times.completedYears(Times.parse(a[0]).last, Times.localDays(a[1])[0])));
    define("age-high", 2, a -> a[0].isEmpty() || a[1].isEmpty() ? one(null)
        : one(Times.completedYears(Times.parse(a[0]).first, Times.localDays(a[1])[1])));
    define("as-of", 0, a -> maybe(asOf));
  }

  private void definePapers() {
    define("mrz-valid", 1, a -> one(Papers.valid(a[0])));
    define("mrz-field", 2, a -> maybe(Papers.field(a[0], a[1])));
    define("number-fits", 2, a -> one(Papers.numberFits(a[0], a[1])));
    define("number-field", 3, a -> maybe(Papers.numberField(a[0], a[1], a[2])));
    define("digest", 2, a -> one(digest(a[0], a[1])));
  }

  private void defineTables() {
    define("limit", 3, a -> maybe(world.limit(a[0], a[1], a[2])));
    define("limit-text", 2, a -> maybe(limitText(a[0], a[1])));
    define("corridor-class", 2, a -> maybe(world.corridors.getOrDefault(a[0] + "-" + a[1], "")));
    define("member", 2, a -> world.members.containsKey(a[0])
        ? texts(World.children(world.members.get(a[0]), a[1])) : Collections.emptyList());
    define("registry", 2, a -> world.registry(a[0], a[1]));
    define("code-field", 3, a -> codeField(a[0], a[1], a[2]));
    define("code-on", 3, a -> one(codeOn(a[0], a[1], a[2])));
    define("exchange-allowed", 6, a -> one(exchangeAllowed(a)));
  }

  private void definePlaces() {
    define("zone-offset", 2, a -> zoneOffset(a[0], a[1]));
    define("daylight", 2, a -> daylight(a[0], a[1]));
    define("in-child-window", 2, a -> inChildWindow(a[0], a[1]));
  }

  private static List<String> texts(List<org.w3c.dom.Element> elements) {
    List<String> values = new ArrayList<>();
    for (org.w3c.dom.Element e : elements) values.add(e.getTextContent().trim());
    return values;
  }

  private static String digest(String base64, String algorithm) throws Exception {
    String name = algorithm.startsWith("SHA3-") ? algorithm : "SHA-" + algorithm.substring(3);
    byte[] bytes = MessageDigest.getInstance(name).digest(Base64.getMimeDecoder().decode(base64));
    StringBuilder hex = new StringBuilder();
    for (byte b : bytes) hex.append(String.format("%02x", b));
    return hex.toString();
  }

  private static String limitText(String limit, String language) {
    if (limit.isEmpty()) return "";
    String[] words = limit.split(" ");
    String[] units = {"MINUTE", "HOUR", "DAY", "WORKDAY", "CHILD", "VISIT"};
    String[][] names = {
      {"minute", "minutes", "minuto", "minutos", "minute", "minutes"},
      {"hour", "hours", "hora", "horas", "heure", "heures"},
      {"day", "days", "d\u00eda", "d\u00edas", "jour", "jours"},
      {"working day", "working days", "d\u00eda h\u00e1bil", "d\u00edas h\u00e1biles", "jour ouvr\u00e9", "jours ouvr\u00e9s"},
      {"child", "children", "NNA", "NNA", "enfant", "enfants"},
      {"visit", "visits", "visita", "visitas", "visite", "visites"},
    };
    int at = 2 * Arrays.asList("en", "es", "fr").indexOf(language);
    // In French zero is singular too.
    long amount = Long.parseLong(words[0]);
    boolean single = amount == 1 || (amount == 0 && language.equals("fr"));
    return words[0] + " " + names[Arrays.asList(units).indexOf(words[1])][at + (single ? 0 : 1)];
  }

  private List<?> codeField(String list, String code, String column) throws Exception {
    for (Map<String, String> row : world.list(list)) {
      if (row.get("code").equals(code)) return maybe(row.getOrDefault(column, ""));
    }
    return Collections.emptyList();
  }

  private Boolean codeOn(String list, String code, String on) throws Exception {
    LocalDate day = Times.localDays(on)[0];
    for (Map<String, String> row : world.list(list)) {
      if (!row.get("code").equals(code)) continue;
      return !(day.isBefore(LocalDate.parse(row.get("valid-from")))
               || (row.containsKey("valid-to") && day.isAfter(LocalDate.parse(row.get("valid-to")))));
    }
    return false;
  }

  private boolean exchangeAllowed(String[] a) {
    for (org.w3c.dom.Element e : world.exchanges) {
      if (e.getAttribute("message").equals(a[0]) && e.getAttribute("from").equals(a[1])
          && e.getAttribute("to").equals(a[2]) && e.getAttribute("purpose").equals(a[3])
          && (!e.hasAttribute("profile") || e.getAttribute("profile").equals(a[4]))
          && (e.getAttribute("scope").equals("ANY") || e.getAttribute("scope").equals(a[5]))) {
        return true;
      }
    }
    return false;
  }

  private static List<?> zoneOffset(String zone, String time) {
    if (zone.isEmpty() || time.length() <= 10) return Collections.emptyList();
    String id = ZoneId.of(zone).getRules().getOffset(OffsetDateTime.parse(time).toInstant()).getId();
    return Collections.singletonList(id.equals("Z") ? "+00:00" : id);
  }

  private List<?> daylight(String port, String time) {
    if (!world.entries.containsKey(port) || time.length() <= 10) return Collections.emptyList();
    double latitude = Double.parseDouble(world.registry(port, "Latitude").get(0));
    double longitude = Double.parseDouble(world.registry(port, "Longitude").get(0));
    return Collections.singletonList(Sun.isUp(OffsetDateTime.parse(time), latitude, longitude));
  }

  private List<?> inChildWindow(String port, String time) {
    if (!world.entries.containsKey(port) || time.length() <= 10) return Collections.emptyList();
    ZoneId zone = ZoneId.of(world.registry(port, "TimeZone").get(0));
    java.time.ZonedDateTime local = OffsetDateTime.parse(time).atZoneSameInstant(zone);
    String[] window = world.window(port, local.getDayOfWeek().getValue());
    if (window == null) return Collections.singletonList(false);
    String clock = local.toLocalTime().toString().substring(0, 5);
    return Collections.singletonList(clock.compareTo(window[0]) >= 0 && clock.compareTo(window[1]) <= 0);
  }

  static XdmValue atoms(List<?> values) {
    List<XdmItem> items = new ArrayList<>();
    for (Object v : values) {
      if (v instanceof Boolean) items.add(new XdmAtomicValue((Boolean) v));
      else if (v instanceof Long) items.add(new XdmAtomicValue((Long) v));
      else items.add(new XdmAtomicValue(v.toString()));
    }
    return new XdmValue(items);
  }

  void register(Processor processor) {
    SequenceType atom = SequenceType.makeSequenceType(ItemType.ANY_ATOMIC_VALUE, OccurrenceIndicator.ZERO_OR_ONE);
    SequenceType result = SequenceType.makeSequenceType(ItemType.ANY_ATOMIC_VALUE, OccurrenceIndicator.ZERO_OR_MORE);
    for (String name : bodies.keySet()) {
      SequenceType[] types = new SequenceType[arity.get(name)];
      Arrays.fill(types, atom);
      processor.registerExtensionFunction(new ExtensionFunction() {
        public QName getName() { return new QName(NAMESPACE, name); }
        public SequenceType getResultType() { return result; }
        public SequenceType[] getArgumentTypes() { return types; }
        public XdmValue call(XdmValue[] arguments) throws SaxonApiException {
          String[] a = new String[arguments.length];
          for (int i = 0; i < a.length; ++i) {
            a[i] = arguments[i].size() == 0 ? "" : arguments[i].itemAt(0).getStringValue();
          }
          try {
            return atoms(bodies.get(name).call(a));
          } catch (Exception e) {
            throw new SaxonApiException(name + ": " + e.getMessage());
          }
        }
      });
    }
    processor.registerExtensionFunction(new ExtensionFunction() {
      public QName getName() { return new QName("urn:amparo:oracle", "line"); }
      public SequenceType getResultType() {
        return SequenceType.makeSequenceType(ItemType.INTEGER, OccurrenceIndicator.ONE);
      }
      public SequenceType[] getArgumentTypes() {
        return new SequenceType[] {SequenceType.makeSequenceType(ItemType.ANY_NODE, OccurrenceIndicator.ONE)};
      }
      public XdmValue call(XdmValue[] arguments) {
        return new XdmAtomicValue(((XdmNode) arguments[0].itemAt(0)).getLineNumber());
      }
    });
  }
}
