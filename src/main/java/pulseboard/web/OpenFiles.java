package pulseboard.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections the limit of open files leaves room for. A process that has used it up can neither take connections nor
 * read what it is to show, so connections are counted before it comes to that. Java raises the limit as far as it may when it
 * starts, so what counts is the hard one.
 */
final class OpenFiles {

    /** Some 80 that the program has open at rest, and as many for files that are read or are on their way to a browser. */
    static final int OTHERS = 160;

    private static final int LEAST_CONNECTIONS = 16;
    private static final Pattern LIMIT = Pattern.compile("Max open files\\s+(\\d{1,9})\\s");
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    private OpenFiles() {}

    /** How many connections to let in: those that are wanted, or, with a warning, what this process can have. */
    static int connections(int wanted) {
        try {
            return connections(wanted, Files.readString(Path.of("/proc/self/limits")));
        } catch (IOException e) {
            return wanted; // Not Linux: there is nothing to be known.
        }
    }

    static int connections(int wanted, String limits) {
        Matcher limit = LIMIT.matcher(limits);
        if (!limit.find() || Integer.parseInt(limit.group(1)) - OTHERS >= wanted) {
            return wanted;
        }
        int possible = Math.max(LEAST_CONNECTIONS, Integer.parseInt(limit.group(1)) - OTHERS);
        LOG.warn(
                "No more than {} connections are let in, of {} by web.maxViewers: a process may have {} open files here, and"
                        + " needs {}; raise that with ulimit -Hn, or LimitNOFILE= of a service, or lower web.maxViewers",
                possible,
                wanted,
                limit.group(1),
                wanted + OTHERS);
        return Math.min(wanted, possible);
    }
}
