package pulseboard.top;

import org.jline.utils.AttributedString;

/**
 * Text that a terminal shows and does not obey. Names of processes, disks and mounts, and all else that a server sends, may
 * hold escape sequences, or characters that turn the line around.
 */
final class Sanitizer {

    /** What stands for a character that is not shown. */
    static final char MARK = '?';

    private Sanitizer() {}

    /** The text with a mark for each character that is more than a sign on the screen. */
    static String of(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (isSign(character)) {
                plain.appendCodePoint(character);
            } else {
                plain.append(MARK);
            }
        });
        return plain.toString();
    }

    /** Plain text that takes no more than so many columns; what is cut ends with a tilde. */
    static String cut(String text, int columns) {
        AttributedString plain = new AttributedString(of(text));
        if (plain.columnLength() <= columns) {
            return plain.toString();
        }
        return columns <= 0 ? "" : plain.columnSubSequence(0, columns - 1) + "~";
    }

    /** How many columns plain text takes. */
    static int width(String plain) {
        return new AttributedString(plain).columnLength();
    }

    private static boolean isSign(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> false;
            default -> true;
        };
    }
}
