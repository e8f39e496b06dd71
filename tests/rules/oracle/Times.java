// SPDX-License-Identifier: Apache-2.0
// Moments, days and partial dates as intervals, after spec/formats/functions.md section 1.
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;

final class Times {
  private Times() {}

  // The widest day that a place of the member States can have: Newfoundland's summer in the east,
  // Hawaii in the west.
  static final ZoneOffset EAST = ZoneOffset.ofHoursMinutes(-2, -30);
  static final ZoneOffset WEST = ZoneOffset.ofHours(-10);

  /** When something was: either days (`first` to `last`), or instants (`from` to `to`). */
  static final class Interval {
    final LocalDate first;
    final LocalDate last;
    final Instant from;
    final Instant to;

    Interval(LocalDate first, LocalDate last) {
      this.first = first;
      this.last = last;
      this.from = first.atTime(LocalTime.MIDNIGHT).toInstant(EAST);
      // The last second of the day: instants have whole seconds.
      this.to = last.plusDays(1).atTime(LocalTime.MIDNIGHT).toInstant(WEST).minusSeconds(1);
    }

    Interval(Instant from, Instant to) {
      this.first = null;
      this.last = null;
      this.from = from;
      this.to = to;
    }

    boolean days() {
      return first != null;
    }
  }

  static Interval parse(String text) {
    String t = text.trim();
    int slash = t.indexOf('/');
    if (slash > 0) {
      return new Interval(OffsetDateTime.parse(t.substring(0, slash)).toInstant(),
                          OffsetDateTime.parse(t.substring(slash + 1)).toInstant());
    }
    if (t.length() == 4) {
      int year = Integer.parseInt(t);
      return new Interval(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
    }
    if (t.length() == 7) {
      YearMonth month = YearMonth.parse(t);
      return new Interval(month.atDay(1), month.atEndOfMonth());
    }
    if (t.length() == 10) {
      LocalDate day = LocalDate.parse(t);
      return new Interval(day, day);
    }
    Instant moment = OffsetDateTime.parse(t).toInstant();
    return new Interval(moment, moment);
  }

  static boolean certainlyBefore(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) return false;
    Interval x = parse(a);
    Interval y = parse(b);
    if (x.days() && y.days()) return x.last.isBefore(y.first);
    return x.to.isBefore(y.from);
  }

  static boolean possiblyBefore(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) return false;
    Interval x = parse(a);
    Interval y = parse(b);
    // On one day, either may have been first.
    if (x.days() && y.days()) return !x.first.isAfter(y.last);
    return x.from.isBefore(y.to);
  }

  static String later(String time, String limit) {
    if (time.isEmpty() || limit.isEmpty()) return "";
    Interval x = parse(time);
    int space = limit.indexOf(' ');
    long amount = Long.parseLong(limit.substring(0, space));
    String unit = limit.substring(space + 1);
    if (unit.equals("WORKDAY")) {
      LocalDate day = x.days() ? x.last : OffsetDateTime.parse(time.trim()).toLocalDate();
      for (long left = amount; left > 0;) {
        day = day.plusDays(1);
        if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) --left;
      }
      return day.toString();
    }
    if (unit.equals("DAY") && x.days()) {
      LocalDate from = x.first.plusDays(amount);
      LocalDate to = x.last.plusDays(amount);
      if (from.equals(to)) return from.toString();
      Interval shifted = new Interval(from, to);
      return shifted.from + "/" + shifted.to;
    }
    Duration length;
    switch (unit) {
      case "MINUTE": length = Duration.ofMinutes(amount); break;
      case "HOUR": length = Duration.ofHours(amount); break;
      case "DAY": length = Duration.ofDays(amount); break;
      default: throw new IllegalArgumentException("no length of time: " + limit);
    }
    Instant from = x.from.plus(length);
    Instant to = x.to.plus(length);
    return from.equals(to) ? from.toString() : from + "/" + to;
  }

  /** The calendar days of `on` where it happened; a date-time counts in its own offset. */
  static LocalDate[] localDays(String on) {
    String t = on.trim();
    if (t.length() > 10) {
      LocalDate day = OffsetDateTime.parse(t).toLocalDate();
      return new LocalDate[] {day, day};
    }
    Interval days = parse(t);
    return new LocalDate[] {days.first, days.last};
  }

  /** Completed years on the day `on` of someone born on `born`; 29 February counts from 1 March. */
  static long completedYears(LocalDate born, LocalDate on) {
    long years = on.getYear() - born.getYear();
    boolean before = on.getMonthValue() != born.getMonthValue()
        ? on.getMonthValue() < born.getMonthValue()
        : on.getDayOfMonth() < born.getDayOfMonth();
    return before ? years - 1 : years;
  }
}
