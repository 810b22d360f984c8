package pulseboard.alert;

/**
 * From when on a level is reached, and until when: both need to hold for a while, and between them nothing changes.
 *
 * @param when it is reached
 * @param forMilliseconds how long that must hold
 * @param until it is over
 * @param clearForMilliseconds how long that must hold
 */
record Threshold(Condition when, long forMilliseconds, Condition until, long clearForMilliseconds) {

    /**
     * Reads the short form: {@code above 93 for 2m clear 85 clearFor 5m}; all after the number may be missing.
     *
     * @throws WrongRule when it is none; the message says what is wrong, where, and how to mend it
     */
    static Threshold of(String text) {
        RuleText words = new RuleText(text);
        Threshold threshold = words.threshold();
        words.requireEnd();
        return threshold;
    }

    /** As it is written, without what it is by default. */
    String text() {
        StringBuilder text = new StringBuilder(when.text());
        if (forMilliseconds > 0) {
            text.append(" for ").append(Times.text(forMilliseconds));
        }
        if (when.canBeCleared() && !until.equals(when.opposite())) {
            text.append(" clear ").append(until.than().get(0));
        }
        if (clearForMilliseconds != forMilliseconds) {
            text.append(" clearFor ").append(Times.text(clearForMilliseconds));
        }
        return text.toString();
    }
}
