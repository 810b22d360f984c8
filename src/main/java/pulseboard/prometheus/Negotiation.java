package pulseboard.prometheus;

import java.util.Locale;

/** What a request's {@code Accept} and {@code Accept-Encoding} come to. See RFC 9110, section 12.5. */
final class Negotiation {

    private Negotiation() {}

    /**
     * Whether to answer in OpenMetrics: only a client that asks for it and does not take {@code text/plain} gets it. The text
     * format says all that OpenMetrics would, and Prometheus keeps types and help of counters by their full names only with it.
     */
    static boolean wantsOpenMetrics(String accept) {
        return quality(accept, "application/openmetrics-text") > 0
                && quality(accept, "text/plain") <= 0
                && quality(accept, "text/*") <= 0;
    }

    /** Whether gzip is accepted by name. */
    static boolean takesGzip(String acceptEncoding) {
        return quality(acceptEncoding, "gzip") > 0;
    }

    /** The highest quality that a header gives to this; 0 when it does not name it. */
    private static double quality(String header, String wanted) {
        double best = 0;
        for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parameters = part.split(";", -1);
            if (parameters[0].strip().equals(wanted)) {
                best = Math.max(best, quality(parameters));
            }
        }
        return best;
    }

    private static double quality(String[] parameters) {
        for (int index = 1; index < parameters.length; index++) {
            String parameter = parameters[index].strip();
            if (parameter.startsWith("q=")) {
                return parameter.matches("q=[01](\\.[0-9]{0,3})?") ? Double.parseDouble(parameter.substring(2)) : 0;
            }
        }
        return 1;
    }
}
