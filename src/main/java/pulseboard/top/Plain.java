package pulseboard.top;

import org.jline.utils.WCWidth;

/**
 * Text that a terminal shows and does not obey. Names of processes, disks and mounts, and all else that a server sends, may
 * hold escape sequences, or characters that turn the line around.
 */
final class Plain {

    /** What stands for a character that is not shown. */
    static final char MARK = '?';

    private Plain() {}

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
        String plain = of(text);
        if (width(plain) <= columns) {
            return plain;
        }
        StringBuilder fits = new StringBuilder();
        int used = 0;
        for (int character : plain.codePoints().toArray()) {
            int width = width(character);
            if (used + width > columns - 1) {
                break;
            }
            used += width;
            fits.appendCodePoint(character);
        }
        return columns <= 0 ? "" : fits + "~";
    }

    /** How many columns plain text takes. */
    static int width(String plain) {
        return plain.codePoints().map(Plain::width).sum();
    }

    private static int width(int character) {
        return Math.max(0, WCWidth.wcwidth(character));
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
