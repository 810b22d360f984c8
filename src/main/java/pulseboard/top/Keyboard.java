package pulseboard.top;

/** What somebody has chosen by keys. Not thread-safe. */
final class Keyboard {

    private static final int ESCAPE = 27;
    private static final int ENTER = 13;
    private static final int LINE_FEED = 10;
    private static final int BACKSPACE = 8;
    private static final int DELETE = 127;
    private static final int MOST_CHARACTERS = 40;

    /** What fills the room below the verdict. */
    enum Shown {
        FIGURES,
        ALERTS,
        KEYS
    }

    private Shown shown = Shown.FIGURES;
    private boolean isByMemory;
    private boolean isTyping;
    private String filter = "";

    /** Takes a key; returns whether that was to end it all. */
    boolean press(int key) {
        if (key < 0) {
            return true;
        }
        if (isTyping) {
            type(key);
            return false;
        }
        switch (key) {
            case 'q', 'Q' -> {
                return true;
            }
            case 'p', 'P' -> isByMemory = !isByMemory;
            case '/' -> {
                isTyping = true;
                shown = Shown.FIGURES;
            }
            case 'a', 'A' -> shown = shown == Shown.ALERTS ? Shown.FIGURES : Shown.ALERTS;
            case '?', 'h', 'H' -> shown = shown == Shown.KEYS ? Shown.FIGURES : Shown.KEYS;
            case ESCAPE -> {
                filter = "";
                shown = Shown.FIGURES;
            }
            default -> {}
        }
        return false;
    }

    private void type(int key) {
        switch (key) {
            case ENTER, LINE_FEED -> isTyping = false;
            case ESCAPE -> {
                isTyping = false;
                filter = "";
            }
            case BACKSPACE, DELETE ->
                filter =
                        filter.isEmpty() ? filter : filter.substring(0, filter.offsetByCodePoints(filter.length(), -1));
            default -> {
                if (!Character.isISOControl(key) && filter.length() < MOST_CHARACTERS) {
                    filter += Character.toString(key);
                }
            }
        }
    }

    Shown shown() {
        return shown;
    }

    /** Whether processes with most memory come first, not those with most CPU. */
    boolean isByMemory() {
        return isByMemory;
    }

    /** Whether a filter is being typed. */
    boolean isTyping() {
        return isTyping;
    }

    /** What the name, the user or the id of processes holds that are shown; empty: all are. */
    String filter() {
        return filter;
    }
}
