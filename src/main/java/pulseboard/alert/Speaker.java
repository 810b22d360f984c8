package pulseboard.alert;

import java.util.concurrent.TimeUnit;

/**
 * Who speaks in messages, and how often. Times are milliseconds.
 *
 * @param host the name of this machine
 * @param link where the page shows alerts; empty when that is not known
 * @param diskPatience how long the disk may take before messages are sent without it
 * @param minute how often those are told that hear each minute
 */
record Speaker(String host, String link, long diskPatience, long minute) {

    /** With the times that all have but tests. */
    Speaker(String host, String link) {
        this(host, link, TimeUnit.SECONDS.toMillis(10), TimeUnit.MINUTES.toMillis(1));
    }
}
