package pulseboard.alert;

import java.util.Locale;

/** How bad something is. */
enum Level {
    /** It will need someone. */
    WARNING,
    /** It needs someone now. */
    CRITICAL;

    /** As it stands on the board, such as {@code warning}. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
