package pulseboard.top;

import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * One line of the screen, of pieces of text in colours. The colours are ours; all text passes {@link Sanitizer} on its way to the
 * terminal, here and nowhere else.
 */
public final class TextLine {

    /** What a piece looks like. */
    @SuppressWarnings("ImmutableEnumChecker") // A style is immutable; its library only does not say so.
    public enum Tone {
        /** As the terminal has it. */
        PLAIN(AttributedStyle.DEFAULT),
        /** Of less weight. */
        MUTED(AttributedStyle.DEFAULT.faint()),
        /** All is well. */
        GOOD(AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN)),
        /** Worth a look. */
        WARNING(AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW)),
        /** Something is wrong. */
        ALARM(AttributedStyle.DEFAULT.foreground(AttributedStyle.RED)),
        /** What it is about. */
        TITLE(AttributedStyle.BOLD.foreground(AttributedStyle.CYAN)),
        /** What is chosen. */
        REVERSED(AttributedStyle.INVERSE);

        private final AttributedStyle style;

        Tone(AttributedStyle style) {
            this.style = style;
        }
    }

    private final AttributedStringBuilder text = new AttributedStringBuilder();
    private final int width;

    /** An empty line that takes so many columns. */
    public TextLine(int width) {
        this.width = width;
    }

    /** How many columns are left. */
    public int left() {
        return width - text.columnLength();
    }

    /** Adds text, cut where the line ends. */
    public TextLine add(String more, Tone tone) {
        text.styled(tone.style, Sanitizer.cut(more, left()));
        return this;
    }

    /** The first of these texts that fits whole; none where none does: half a number would be another number. */
    TextLine addWhole(Tone tone, String... texts) {
        for (String each : texts) {
            if (Sanitizer.width(each) <= left()) {
                return add(each, tone);
            }
        }
        return this;
    }

    /** Adds text as the terminal has it. */
    public TextLine add(String text) {
        return add(text, Tone.PLAIN);
    }

    /** Text in a field of so many columns, cut or filled up. */
    public TextLine field(String text, int columns, Tone tone) {
        String fits = Sanitizer.cut(text, Math.min(columns, left()));
        return add(fits, tone).fill(columns - Sanitizer.width(fits));
    }

    /** The same, at the right edge of its field. */
    TextLine right(String text, int columns, Tone tone) {
        String fits = Sanitizer.cut(text, Math.min(columns, left()));
        return fill(columns - Sanitizer.width(fits)).add(fits, tone);
    }

    /** Puts another line behind this one, which has room for it. */
    public TextLine append(TextLine other) {
        text.append(other.text);
        return fill(other.left());
    }

    /** Adds so many spaces. */
    public TextLine fill(int columns) {
        return columns > 0 ? add(" ".repeat(Math.min(columns, left()))) : this;
    }

    /** What is to be written, with or without colours. */
    String encode(boolean isColoured) {
        return isColoured ? text.toAnsi() : text.toString();
    }
}
