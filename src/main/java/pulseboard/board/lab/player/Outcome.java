package pulseboard.board.lab.player;

/**
 * What a play came to.
 *
 * @param startupMilliseconds until the picture; where there was none, as long as it was waited for
 * @param stalls how often it stood still
 * @param stalledSeconds how long in all
 * @param megabitsPerSecond bytes by the time in which at least one download was open
 * @param qualityOfExperience see {@link Playback#qualityOfExperience()}
 */
public record Outcome(
        double startupMilliseconds,
        int stalls,
        double stalledSeconds,
        double megabitsPerSecond,
        double qualityOfExperience) {

    /** That of a session which ends now, so many seconds after it began. */
    public static Outcome of(Session session, double now) {
        Playback playback = session.playback();
        playback.advance(now);
        double startup = playback.startupSeconds();
        return new Outcome(
                (startup < 0 ? now : startup) * 1_000,
                playback.stalls(),
                playback.stalledSeconds(),
                session.megabitsPerSecond(now),
                playback.qualityOfExperience());
    }
}
