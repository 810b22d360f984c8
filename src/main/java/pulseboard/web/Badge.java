package pulseboard.web;

/**
 * A small picture of two fields, label and value, as SVG. Of attributes only: as a page of its own the policy would keep a
 * style from it. Whatever text there is may come from a stranger's query.
 *
 * @param label what stands in the left field
 * @param text what stands in the right one
 * @param tone the colour of the right one
 * @param isDark whether the left field is for dark pages
 * @param isSquare whether the corners are not round
 */
record Badge(String label, String text, Tone tone, boolean isDark, boolean isSquare) {

    /** White on each of them has a contrast of 4.5:1 or more. */
    enum Tone {
        GOOD("#14713a"),
        WARNING("#a34a00"),
        ALARM("#b4232f"),
        PLAIN("#1d4fa8"),
        MISSING("#566173");

        private final String colour;

        Tone(String colour) {
            this.colour = colour;
        }
    }

    private static final int MARGIN = 6;
    private static final int HEIGHT = 20;
    private static final String LABEL_ON_LIGHT = "#3c4654";
    private static final String LABEL_ON_DARK = "#2b3542";

    /**
     * The picture.
     *
     * @param hint what is told to those who cannot see it, and to those who point at it where it is a page of its own
     */
    String svg(String hint) {
        int left = width(label) + 2 * MARGIN;
        int right = width(text) + 2 * MARGIN;
        int width = left + right;
        String title = escaped(label + ": " + hint);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" role="img" aria-label="%3$s">
                <title>%3$s</title>
                <clipPath id="edge"><rect width="%1$d" height="%2$d" rx="%4$d"/></clipPath>
                <g clip-path="url(#edge)">
                <rect width="%5$d" height="%2$d" fill="%6$s"/>
                <rect x="%5$d" width="%7$d" height="%2$d" fill="%8$s"/>
                </g>
                <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
                %9$s
                %10$s
                </g>
                </svg>
                """.formatted(
                        width,
                        HEIGHT,
                        title,
                        isSquare ? 0 : 4,
                        left,
                        isDark ? LABEL_ON_DARK : LABEL_ON_LIGHT,
                        right,
                        tone.colour,
                        field(MARGIN, label),
                        field(left + MARGIN, text));
    }

    /** Whatever fonts there are, the text is made to fit its field. */
    private static String field(int x, String text) {
        return text.isEmpty()
                ? ""
                : "<text x=\"%d\" y=\"14\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\">%s</text>"
                        .formatted(x, width(text), escaped(text));
    }

    /** About what a text takes in 11 px of Verdana. */
    private static int width(String text) {
        return (int) Math.round(text.codePoints().mapToDouble(Badge::width).sum());
    }

    private static double width(int character) {
        if (character >= 0x1100) {
            return 11;
        }
        if ("ijlI.,:;'|! ".indexOf(character) >= 0) {
            return 4;
        }
        if ("mwMW%@".indexOf(character) >= 0) {
            return 11;
        }
        return Character.isUpperCase(character) ? 8 : 7;
    }

    /** Text for elements and attributes, without what no XML may hold. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isAllowed(character) ? character : 0xFFFD);
            }
        });
        return safe.toString();
    }

    private static boolean isAllowed(int character) {
        return !Character.isISOControl(character)
                && Character.getType(character) != Character.SURROGATE
                && (character & 0xFFFE) != 0xFFFE;
    }
}
