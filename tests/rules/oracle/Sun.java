// SPDX-License-Identifier: Apache-2.0
// Whether the sun is up: NOAA's solar equations, after spec/formats/functions.md section 5.
import java.time.Instant;
import java.time.OffsetDateTime;

final class Sun {
  private Sun() {}

  /** Degrees above the horizon of the sun's centre, without refraction. Longitude is positive east. */
  static double elevation(Instant when, double latitude, double longitude) {
    double julianDay = when.getEpochSecond() / 86400.0 + 2440587.5;
    double t = (julianDay - 2451545.0) / 36525.0;
    double meanLongitude = (280.46646 + t * (36000.76983 + t * 0.0003032)) % 360;
    double anomaly = Math.toRadians(357.52911 + t * (35999.05029 - 0.0001537 * t));
    double eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
    double centre = Math.sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t))
        + Math.sin(2 * anomaly) * (0.019993 - 0.000101 * t) + Math.sin(3 * anomaly) * 0.000289;
    double omega = Math.toRadians(125.04 - 1934.136 * t);
    double apparent = Math.toRadians(meanLongitude + centre - 0.00569 - 0.00478 * Math.sin(omega));
    double meanObliquity = 23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60;
    double obliquity = Math.toRadians(meanObliquity + 0.00256 * Math.cos(omega));
    double declination = Math.asin(Math.sin(obliquity) * Math.sin(apparent));
    double y = Math.pow(Math.tan(obliquity / 2), 2);
    double l0 = Math.toRadians(meanLongitude);
    double equation = 4 * Math.toDegrees(y * Math.sin(2 * l0) - 2 * eccentricity * Math.sin(anomaly)
        + 4 * eccentricity * y * Math.sin(anomaly) * Math.cos(2 * l0) - 0.5 * y * y * Math.sin(4 * l0)
        - 1.25 * eccentricity * eccentricity * Math.sin(2 * anomaly));
    double minutes = Math.floorMod(when.getEpochSecond(), 86400L) / 60.0;
    double hourAngle = Math.toRadians((minutes + equation + 4 * longitude) / 4 - 180);
    double lat = Math.toRadians(latitude);
    return Math.toDegrees(Math.asin(Math.sin(lat) * Math.sin(declination)
        + Math.cos(lat) * Math.cos(declination) * Math.cos(hourAngle)));
  }

  static boolean isUp(OffsetDateTime when, double latitude, double longitude) {
    return elevation(when.toInstant(), latitude, longitude) >= -0.833;
  }
}
