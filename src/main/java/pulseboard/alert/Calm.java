package pulseboard.alert;

import java.util.concurrent.TimeUnit;

/** How often alerts have to be looked at and told, by what became of them. Time is told in Unix milliseconds. Not thread-safe. */
final class Calm {

    /** After something became of an alert, what it is due to is asked for. */
    private static final long NEWS_MILLISECONDS = TimeUnit.SECONDS.toMillis(10);

    /** How old figures of alerts may be on the board; the cards show them as they are. */
    private static final long FIGURES_MILLISECONDS = TimeUnit.SECONDS.toMillis(5);

    private final Engine engine;
    private boolean wasQuiet;
    private long newsAt;
    private long saidAt;

    Calm(Engine engine) {
        this.engine = engine;
    }

    /** Something became of an alert. */
    void news(long now) {
        newsAt = now;
    }

    /** Everything that is known was told. */
    void said(long now) {
        saidAt = now;
    }

    /** Whether a look now and then does. */
    boolean is(long now) {
        return now - newsAt > NEWS_MILLISECONDS && !engine.isMoving();
    }

    /** While nothing fires nor is about to, there is nothing new to say; while something does, there are its figures. */
    boolean isWorthSaying(long now) {
        boolean isQuiet = engine.isQuiet();
        boolean isNew = isQuiet != wasQuiet;
        wasQuiet = isQuiet;
        return isNew || (!isQuiet && now - saidAt >= FIGURES_MILLISECONDS);
    }
}
