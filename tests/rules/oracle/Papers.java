// SPDX-License-Identifier: Apache-2.0
// Machine-readable zones (ICAO Doc 9303) and personal numbers, after spec/formats/functions.md 4.
import java.time.DateTimeException;
import java.time.LocalDate;

final class Papers {
  private Papers() {}

  private static final String CURP = "0123456789ABCDEFGHIJKLMN\u00d1OPQRSTUVWXYZ";

  static int value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
    return 0;
  }

  static char check(String text) {
    int[] weights = {7, 3, 1};
    int sum = 0;
    for (int i = 0; i < text.length(); ++i) sum += value(text.charAt(i)) * weights[i % 3];
    return (char) ('0' + sum % 10);
  }

  private static boolean holds(String text, char digit) {
    if (digit == '<') return text.chars().allMatch(c -> c == '<');
    return check(text) == digit;
  }

  /** The line and place of each field: {number, birth, sex, expiry, nationality}; line 0 is the first. */
  private static String[] lines(String mrz) {
    return mrz.trim().split(" ");
  }

  private static boolean longNumber(char check, String optional) {
    return check == '<' && optional.charAt(0) != '<';
  }

  private static boolean numberHolds(String number, char check, String optional) {
    if (!longNumber(check, optional)) return holds(number, check);
    int end = optional.indexOf('<');
    String rest = end < 0 ? optional : optional.substring(0, end);
    return holds(number + rest.substring(0, rest.length() - 1), rest.charAt(rest.length() - 1));
  }

  static boolean valid(String mrz) {
    String[] l = lines(mrz);
    if (l.length == 3) {
      String optional = l[0].substring(15);
      return numberHolds(l[0].substring(5, 14), l[0].charAt(14), optional)
          && holds(l[1].substring(0, 6), l[1].charAt(6))
          && holds(l[1].substring(8, 14), l[1].charAt(14))
          && holds(l[0].substring(5) + l[1].substring(0, 7) + l[1].substring(8, 15)
                       + l[1].substring(18, 29), l[1].charAt(29));
    }
    String t = l[1];
    boolean visa = l[0].charAt(0) == 'V';
    boolean parts = holds(t.substring(13, 19), t.charAt(19)) && holds(t.substring(21, 27), t.charAt(27));
    if (t.length() == 36) {
      return parts && numberHolds(t.substring(0, 9), t.charAt(9), t.substring(28, visa ? 36 : 35))
          && (visa || holds(t.substring(0, 10) + t.substring(13, 20) + t.substring(21, 35), t.charAt(35)));
    }
    return parts && holds(t.substring(0, 9), t.charAt(9))
        && (visa || (holds(t.substring(28, 42), t.charAt(42))
                     && holds(t.substring(0, 10) + t.substring(13, 20) + t.substring(21, 43), t.charAt(43))));
  }

  static String field(String mrz, String name) {
    String[] l = lines(mrz);
    boolean card = l.length == 3;
    String t = l[1];
    switch (name) {
      case "type": return trim(l[0].substring(0, 2));
      case "issuer": return trim(l[0].substring(2, 5));
      case "nationality": return trim(card ? t.substring(15, 18) : t.substring(10, 13));
      case "birth": return card ? t.substring(0, 6) : t.substring(13, 19);
      case "expiry": return card ? t.substring(8, 14) : t.substring(21, 27);
      case "sex": {
        char sex = card ? t.charAt(7) : t.charAt(20);
        return sex == 'M' ? "1" : sex == 'F' ? "2" : "";
      }
      default: throw new IllegalArgumentException("no such field of a machine-readable zone: " + name);
    }
  }

  private static String trim(String text) {
    return text.replaceAll("<+$", "");
  }

  /** null: the scheme has no published test here. */
  static Boolean numberFits(String scheme, String number) {
    if (!scheme.equals("MX-CURP")) return null;
    if (!number.matches("[A-Z\u00d1]{4}[0-9]{6}[HMX][A-Z]{2}[A-Z\u00d1]{3}[0-9A-Z][0-9]")) return false;
    int sum = 0;
    for (int i = 0; i < 17; ++i) sum += CURP.indexOf(number.charAt(i)) * (18 - i);
    return (10 - sum % 10) % 10 == number.charAt(17) - '0' && !curpBirth(number).isEmpty();
  }

  private static String curpBirth(String number) {
    // The seventeenth sign is a digit for births to 1999 and a letter since 2000.
    int century = Character.isDigit(number.charAt(16)) ? 1900 : 2000;
    try {
      return LocalDate.of(century + Integer.parseInt(number.substring(4, 6)),
                          Integer.parseInt(number.substring(6, 8)),
                          Integer.parseInt(number.substring(8, 10))).toString();
    } catch (DateTimeException e) {
      return "";
    }
  }

  static String numberField(String scheme, String number, String name) {
    if (!Boolean.TRUE.equals(numberFits(scheme, number))) return "";
    switch (name) {
      case "birth": return curpBirth(number);
      case "sex": return number.charAt(10) == 'H' ? "1" : number.charAt(10) == 'M' ? "2" : "";
      default: throw new IllegalArgumentException("no such field of a personal number: " + name);
    }
  }
}
