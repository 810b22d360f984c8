package pulseboard.board.uploads.engine;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What an account has used of its quota, in a window of 24 hours. Times are in Unix milliseconds. Not thread-safe. */
abstract class QuotaWindow {

    static final long DAY = TimeUnit.DAYS.toMillis(1);

    /** The window of this kind. */
    static QuotaWindow of(String kind, ZoneId zone) {
        return switch (kind) {
            case "rolling" -> new Rolling();
            case "calendar" -> new Calendar(zone);
            default -> new Fixed();
        };
    }

    /** So many bytes more; fewer, if somebody corrects it. */
    abstract void add(long at, long bytes);

    /** What is used. */
    abstract long used(long now);

    /** When the window began that holds at that time, if one does. */
    abstract OptionalLong startedAt(long now);

    /** When at least so many bytes of what is used now are given back; nothing when it holds none. */
    abstract OptionalLong givesBackAt(long now, long bytes);

    /** From the first byte on, for 24 hours; the next byte after that begins the next one. */
    private static final class Fixed extends QuotaWindow {

        private long start = Long.MIN_VALUE / 2;
        private long used;

        @Override
        void add(long at, long bytes) {
            if (at - start >= DAY) {
                start = at;
                used = 0;
            }
            used = Math.max(0, used + bytes);
        }

        @Override
        long used(long now) {
            return now - start >= DAY ? 0 : used;
        }

        @Override
        OptionalLong startedAt(long now) {
            return now - start >= DAY ? OptionalLong.empty() : OptionalLong.of(start);
        }

        @Override
        OptionalLong givesBackAt(long now, long bytes) {
            return now - start >= DAY ? OptionalLong.empty() : OptionalLong.of(start + DAY);
        }
    }

    /** The last 24 hours, to the minute. */
    private static final class Rolling extends QuotaWindow {

        private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

        private static final class Piece {
            final long at;
            long bytes;

            Piece(long at) {
                this.at = at;
            }
        }

        private final Deque<Piece> pieces = new ArrayDeque<>();

        @Override
        void add(long at, long bytes) {
            if (pieces.isEmpty() || at - pieces.getLast().at >= MINUTE) {
                pieces.add(new Piece(at));
            }
            pieces.getLast().bytes += bytes;
        }

        private void forget(long now) {
            while (!pieces.isEmpty() && now - pieces.getFirst().at >= DAY + MINUTE) {
                pieces.removeFirst();
            }
        }

        @Override
        long used(long now) {
            forget(now);
            return Math.max(0, pieces.stream().mapToLong(piece -> piece.bytes).sum());
        }

        @Override
        OptionalLong startedAt(long now) {
            forget(now);
            return pieces.isEmpty() ? OptionalLong.empty() : OptionalLong.of(pieces.getFirst().at);
        }

        /** A piece counts for a minute longer, for its last byte. */
        @Override
        OptionalLong givesBackAt(long now, long bytes) {
            forget(now);
            long back = 0;
            for (Piece piece : pieces) {
                back += piece.bytes;
                if (back >= Math.min(bytes, used(now))) {
                    return OptionalLong.of(piece.at + DAY + MINUTE);
                }
            }
            return OptionalLong.empty();
        }
    }

    /** Since midnight. */
    private static final class Calendar extends QuotaWindow {

        private final ZoneId zone;
        private long start;
        private long end;
        private long used;

        Calendar(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        void add(long at, long bytes) {
            if (at >= end || at < start) {
                var day = Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
                start = day.atStartOfDay(zone).toInstant().toEpochMilli();
                end = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
                used = 0;
            }
            used = Math.max(0, used + bytes);
        }

        @Override
        long used(long now) {
            return now < end ? used : 0;
        }

        @Override
        OptionalLong startedAt(long now) {
            return now < end ? OptionalLong.of(start) : OptionalLong.empty();
        }

        @Override
        OptionalLong givesBackAt(long now, long bytes) {
            return now < end ? OptionalLong.of(end) : OptionalLong.empty();
        }
    }
}
