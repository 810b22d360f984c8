package pulseboard.top;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of the screen, of pieces of text in colours. The colours are ours; all text passes {@link Plain} on its way to the
 * terminal, here and nowhere else.
 */
final class Line {

    /** What a piece looks like: the numbers of "Select Graphic Rendition" (ECMA-48). */
    enum Tone {
        PLAIN(""),
        MUTED("2"),
        STRONG("1"),
        GOOD("32"),
        WARNING("33"),
        ALARM("31"),
        TITLE("1;36"),
        REVERSED("7");

        private final String numbers;

        Tone(String numbers) {
            this.numbers = numbers;
        }
    }

    private record Piece(String text, Tone tone) {}

    private final List<Piece> pieces = new ArrayList<>();
    private final int width;
    private int used;

    /** An empty line that takes so many columns. */
    Line(int width) {
        this.width = width;
    }

    /** How many columns are left. */
    int left() {
        return width - used;
    }

    Line add(String text, Tone tone) {
        String fits = Plain.cut(text, left());
        used += Plain.width(fits);
        pieces.add(new Piece(fits, tone));
        return this;
    }

    Line add(String text) {
        return add(text, Tone.PLAIN);
    }

    /** Text in a field of so many columns, cut or filled up. */
    Line field(String text, int columns, Tone tone) {
        String fits = Plain.cut(text, Math.min(columns, left()));
        return add(fits, tone).fill(columns - Plain.width(fits));
    }

    /** The same, at the right edge of its field. */
    Line right(String text, int columns, Tone tone) {
        String fits = Plain.cut(text, Math.min(columns, left()));
        return fill(columns - Plain.width(fits)).add(fits, tone);
    }

    /** Puts another line behind this one. */
    Line append(Line other) {
        other.pieces.forEach(piece -> add(piece.text, piece.tone));
        return fill(other.left());
    }

    Line fill(int columns) {
        return columns > 0 ? add(" ".repeat(Math.min(columns, left()))) : this;
    }

    /** What is to be written, with or without colours. */
    String encode(boolean isColoured) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            boolean isToned = isColoured && piece.tone != Tone.PLAIN;
            text.append(isToned ? "\u001b[" + piece.tone.numbers + "m" : "")
                    .append(piece.text)
                    .append(isToned ? "\u001b[0m" : "");
        }
        return text.toString();
    }
}
