package pulseboard.alert.channel;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What an answer means for a message: taken, to be tried again, or never to be taken. */
final class Refusals {

    /** The message itself is wrong, so that no other time or setting makes it right. */
    private static final Set<Integer> FOR_GOOD = Set.of(400, 413, 414, 415, 422, 431);

    private static final long MOST_SECONDS = TimeUnit.DAYS.toSeconds(1);

    private Refusals() {}

    /** Why a message was not taken; empty when it was. */
    static Optional<ChannelFailure> of(Http.Answer answer, String server, long nowMilliseconds) {
        int status = answer.status();
        if (status / 100 == 2) {
            return Optional.empty();
        }
        String mend = status / 100 == 3 ? "; redirects are not followed, so name the address where it leads to" : "";
        long retryAfter = retryAfterSeconds(answer.response().getHeader("Retry-After"), nowMilliseconds);
        return Optional.of(new ChannelFailure(
                Texts.cut(server + " answered " + answer.told(), Texts.ANSWER_CHARACTERS) + mend,
                FOR_GOOD.contains(status),
                retryAfter));
    }

    /** A number of seconds or a date, RFC 9110; a day at most, and 0 when it is neither. */
    static long retryAfterSeconds(@Nullable String header, long nowMilliseconds) {
        if (header == null) {
            return 0;
        }
        String text = header.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Math.min(Long.parseLong(text), MOST_SECONDS);
        }
        try {
            Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            long seconds = Duration.between(Instant.ofEpochMilli(nowMilliseconds), until)
                    .toSeconds();
            return Math.max(0, Math.min(seconds, MOST_SECONDS));
        } catch (DateTimeParseException e) {
            return 0;
        }
    }
}
