package pulseboard.alert;

import java.util.List;
import java.util.Locale;

/** How bad something is. */
enum Level {
    /** It is worth knowing, nobody needs to come, and nobody is told. */
    INFO,
    /** It will need someone. */
    WARNING,
    /** It needs someone now. */
    CRITICAL;

    /** Those of which somebody is told. */
    static final List<String> TOLD = List.of(WARNING.text(), CRITICAL.text());

    /** As it stands on the board, such as {@code warning}. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what {@link #text()} wrote. */
    static Level of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Whether the machine is not well then. */
    boolean isTrouble() {
        return this != INFO;
    }
}
