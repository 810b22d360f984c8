package pulseboard.alert;

import java.util.concurrent.TimeUnit;

/** How often alerts have to be looked at and told, by what became of them. Time is told in Unix milliseconds. Not thread-safe. */
final class Calm {

    private static final long SOON_MILLISECONDS = 100;
    private static final long MOVING_MILLISECONDS = 1_000;
    private static final long CALM_MILLISECONDS = 5_000;

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

    /** How long nothing has to be looked at, in milliseconds. */
    long untilDue(long now) {
        long due = engine.dueAt() - now;
        return due <= 0 || now - newsAt <= NEWS_MILLISECONDS
                ? MOVING_MILLISECONDS
                : Math.max(SOON_MILLISECONDS, Math.min(due, CALM_MILLISECONDS));
    }

    /** While nothing fires nor is about to, there is nothing new to say; while something does, there are its figures. */
    boolean isWorthSaying(long now) {
        boolean isQuiet = engine.isQuiet();
        boolean isNew = isQuiet != wasQuiet;
        wasQuiet = isQuiet;
        return isNew || (!isQuiet && now - saidAt >= FIGURES_MILLISECONDS);
    }
}
