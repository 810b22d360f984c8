package pulseboard.prometheus.node;

import java.io.IOException;

/** When a collector has nothing to say. */
final class Missing {

    private Missing() {}

    /** Fails when neither could be read. */
    static void require(double first, double second, String otherwise) throws IOException {
        if (Double.isNaN(first) && Double.isNaN(second)) {
            throw new IOException(otherwise);
        }
    }
}
