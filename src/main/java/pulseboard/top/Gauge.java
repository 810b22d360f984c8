package pulseboard.top;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import pulseboard.top.TextLine.Tone;

/** Bars and small lines, of block elements where the terminal has them, else of ASCII. */
record Gauge(boolean hasBlocks) {

    private static final double WARNING_PERCENT = 75;
    private static final double ALARM_PERCENT = 90;
    private static final String EIGHTHS = "▁▂▃▄▅▆▇█";
    private static final String LEFT_EIGHTHS = "▏▎▍▌▋▊▉";
    private static final String STEPS = "_.-=+*%#";

    static Tone tone(double percent) {
        return percent >= ALARM_PERCENT ? Tone.ALARM : percent >= WARNING_PERCENT ? Tone.WARNING : Tone.GOOD;
    }

    /** Adds a bar of so many columns. */
    void bar(TextLine line, double percent, int columns) {
        int filled = (int) Math.round(Math.max(0, Math.min(100, percent)) / 100 * columns);
        line.add((hasBlocks ? "█" : "#").repeat(filled), tone(percent))
                .add((hasBlocks ? "░" : ".").repeat(Math.max(0, columns - filled)), Tone.MUTED);
    }

    /** Adds how far something is, in eighths of a column; much is no reason to warn. */
    void progress(TextLine line, double percent, int columns) {
        int eighths = (int) Math.floor(Math.max(0, Math.min(100, percent)) / 100 * columns * 8);
        int rest = hasBlocks ? eighths % 8 : 0;
        String bar = (hasBlocks ? "█" : "#").repeat(eighths / 8) + (rest == 0 ? "" : LEFT_EIGHTHS.charAt(rest - 1));
        line.add(bar, percent < 100 ? Tone.PLAIN : Tone.GOOD)
                .add((hasBlocks ? "░" : ".").repeat(Math.max(0, columns - bar.length())), Tone.MUTED);
    }

    /** Adds the newest of these percentages, one a column, from the left; what is not known is a space. */
    void spark(TextLine line, Deque<Double> percents, int columns) {
        Deque<Double> newest = new ArrayDeque<>();
        Iterator<Double> backwards = percents.descendingIterator();
        while (backwards.hasNext() && newest.size() < columns) {
            newest.addFirst(backwards.next());
        }
        String signs = hasBlocks ? EIGHTHS : STEPS;
        for (double percent : newest) {
            int step = (int) Math.min(signs.length() - 1.0, Math.max(0, percent) / 100 * signs.length());
            line.add(Double.isNaN(percent) ? " " : String.valueOf(signs.charAt(step)), tone(percent));
        }
        line.fill(columns - newest.size());
    }
}
