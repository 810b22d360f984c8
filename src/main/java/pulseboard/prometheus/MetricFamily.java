package pulseboard.prometheus;

import java.util.Locale;

/** All samples of one name as they were at one collection; those of one histogram or summary stand together. */
public final class MetricFamily {

    private final Kind kind;
    private final String name;
    private final String help;
    private final Series[] series;
    private final double[] values;
    private final boolean isOfBoard;

    /** Keeps the arrays. */
    MetricFamily(Family family, Series[] series, double[] values) {
        this.kind = family.kind();
        this.name = family.name();
        this.help = family.help();
        this.isOfBoard = family.isOfBoard();
        this.series = series;
        this.values = values;
    }

    Kind kind() {
        return kind;
    }

    /** The whole name, {@code _total} or {@code _info} included; of histograms and summaries without {@code _count}. */
    String name() {
        return name;
    }

    /** One line for people. */
    String help() {
        return help;
    }

    /** Whether its figures are of a board other than this machine's, which not everybody may see. */
    boolean isOfBoard() {
        return isOfBoard;
    }

    /** How many samples there are. */
    public int size() {
        return series.length;
    }

    /** What the sample at this index is of. */
    public Series series(int index) {
        return series[index];
    }

    /** The value of the sample at this index. */
    public double value(int index) {
        return values[index];
    }

    /** The kinds of Prometheus's text format, and what OpenMetrics takes off the name because its samples add it again. */
    public enum Kind {
        /** Only grows. */
        COUNTER("_total"),
        /** Goes up and down. */
        GAUGE(""),
        /** May be either. */
        UNTYPED(""),
        /** Texts, as labels of a sample that is always 1. */
        INFO("_info"),
        /** Counts by upper bound, their sum and number. */
        HISTOGRAM(""),
        /** A sum and a number. */
        SUMMARY("");

        private final String ending;

        Kind(String ending) {
            this.ending = ending;
        }

        /** What each name of this kind ends in. */
        String ending() {
            return ending;
        }

        /** Its name in the text format, which knows no info. */
        String text() {
            return this == INFO ? "gauge" : name().toLowerCase(Locale.ROOT);
        }

        /** Its name in OpenMetrics. */
        String openMetrics() {
            return this == UNTYPED ? "unknown" : name().toLowerCase(Locale.ROOT);
        }
    }
}
