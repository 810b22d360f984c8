package pulseboard.top;

import java.util.ArrayList;
import java.util.List;
import pulseboard.top.TextLine.Tone;

/**
 * Lines below each other, all of one width.
 *
 * @param width how many columns they have
 * @param lines what is there already
 */
record TextBlock(int width, List<TextLine> lines) {

    /** An empty one. */
    static TextBlock of(int width) {
        return new TextBlock(width, new ArrayList<>());
    }

    /** The next line, empty. */
    TextLine line() {
        TextLine line = new TextLine(width);
        lines.add(line);
        return line;
    }

    /** As many lines as that: filled up, or cut. */
    TextBlock ofRows(int rows) {
        List<TextLine> exactly = new ArrayList<>(lines.subList(0, Math.min(rows, lines.size())));
        while (exactly.size() < rows) {
            exactly.add(new TextLine(width));
        }
        return new TextBlock(width, exactly);
    }

    /** A heading, and what is to be known of what is below it. */
    void title(String title, String more) {
        line().add(title, Tone.TITLE).addWhole(Tone.MUTED, more.isEmpty() ? "" : "  " + more);
    }

    /** Why there is nothing. */
    void missing(String reason) {
        line().add("n/a: " + reason, Tone.WARNING);
    }
}
