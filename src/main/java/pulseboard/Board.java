package pulseboard;

import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One line in the list of boards, {@link Deployment#BOARDS}: all that the rest of the program has to know of a board, or of some
 * that share their settings, before they run.
 *
 * @param name the group of their settings; {@code s3} makes {@code s3.bucket}
 * @param type the record of their settings, which checks itself
 * @param defaults what is used unless somebody says otherwise
 * @param boards the names of the boards; nobody else can bring one of these
 * @param isJob whether it is a job of its own: then it runs in {@code pulseboard work}, as soon as its settings are not the defaults,
 *     and the rest of the program only learns what it shows
 * @param verticles makes what owns the boards, to be deployed on a worker thread; nothing when they are off. It may throw a
 *     {@link UserMistake} when these settings are not for this machine
 */
record Board<C extends Record>(
        String name,
        Class<C> type,
        C defaults,
        Set<String> boards,
        boolean isJob,
        Function<C, List<VerticleBase>> verticles) {

    /** Copies. */
    Board {
        boards = Set.copyOf(boards);
    }

    /** Whether somebody has set something for it. */
    boolean isConfigured(Config config) {
        return !config.board(name, type).equals(defaults);
    }

    /** Its verticles, by the settings that it finds. */
    List<VerticleBase> verticles(Config config) {
        return verticles.apply(config.board(name, type));
    }
}
