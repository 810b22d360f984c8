package pulseboard.prometheus;

import java.nio.charset.StandardCharsets;

/**
 * One time series: a name and labels. It is kept from one collection to the next, and with it the text that stands before its
 * value, so that a collection encodes only what is new. Immutable.
 */
public final class Series {

    private final String name;
    private final String[] labels;
    private final byte[] text;

    /** Set by the family that it belongs to: the collection in which it was last found. */
    int round;

    /** @param labels names and values in turn */
    Series(String name, String[] labels) {
        this.name = name;
        this.labels = labels;
        this.text = encode(name, labels);
    }

    /** The whole name, {@code _total} or {@code _bucket} included. */
    public String name() {
        return name;
    }

    /** How many labels there are. */
    public int labels() {
        return labels.length / 2;
    }

    /** The name of a label, from 0. */
    public String labelName(int index) {
        return labels[2 * index];
    }

    /** The value of a label, from 0. */
    public String labelValue(int index) {
        return labels[2 * index + 1];
    }

    /** Whether it has these labels in this order. */
    boolean hasLabels(String[] others) {
        if (labels.length != others.length) {
            return false;
        }
        for (int index = 0; index < others.length; index++) {
            if (!labels[index].equals(others[index])) {
                return false;
            }
        }
        return true;
    }

    /** What stands before the value in the text formats, UTF-8, the space included. Not to be changed. */
    byte[] text() {
        return text;
    }

    private static byte[] encode(String name, String[] labels) {
        StringBuilder text = new StringBuilder(64).append(name);
        for (int index = 0; index < labels.length; index += 2) {
            text.append(index == 0 ? '{' : ',').append(labels[index]).append("=\"");
            escape(labels[index + 1], true, text);
            text.append('"');
        }
        if (labels.length > 0) {
            text.append('}');
        }
        return text.append(' ').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Appends a text with its backslashes, line feeds and, where they would end it, quotation marks escaped. */
    static void escape(String text, boolean quoted, StringBuilder into) {
        for (int index = 0; index < text.length(); index++) {
            char each = text.charAt(index);
            switch (each) {
                case '\\' -> into.append("\\\\");
                case '\n' -> into.append("\\n");
                case '"' -> into.append(quoted ? "\\\"" : "\"");
                default -> into.append(each);
            }
        }
    }
}
