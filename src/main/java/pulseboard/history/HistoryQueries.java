package pulseboard.history;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.h2.mvstore.MVStoreException;

/** The query engine of one board: answers from what is in memory and what is on disk. Not thread-safe. */
final class HistoryQueries {

    /** Of a result, all series together. */
    static final int MOST_BUCKETS = 200_000;

    /** The same where each name is in each line. */
    private static final int MOST_BUCKETS_OF_LINES = MOST_BUCKETS / 4;

    /** An answer on the bus is one message; larger ones are for HTTP. */
    private static final int MOST_BUCKETS_ON_THE_BUS = 5_000;

    private static final int MOST_CHARACTERS = 6 << 20;
    private static final int MOST_CHARACTERS_ON_THE_BUS = 1 << 19;

    private static final int MOST_MINUTES = 240;
    private static final long RECENT_STEP_MILLISECONDS = 1_000;

    private final String board;
    private final BoardRecorder memory;
    private final ResilientStore store;
    private final LongSupplier clock;
    private final QueryCache cache;

    /**
     * Makes it.
     *
     * @param clock Unix milliseconds
     */
    HistoryQueries(String board, BoardRecorder memory, ResilientStore store, LongSupplier clock) {
        this.board = board;
        this.memory = memory;
        this.store = store;
        this.clock = clock;
        this.cache = new QueryCache(() -> memory.changes() + store.changes());
    }

    /** The names of all series, and how what is on disk fares. */
    JsonObject list() {
        long now = clock.getAsLong();
        TreeSet<String> names = new TreeSet<>(memory.names());
        store.open(now).ifPresent(opened -> names.addAll(opened.catalog().names(board)));
        return new JsonObject()
                .put("series", new JsonArray(new ArrayList<>(names)))
                .put("kept", store.status());
    }

    /**
     * Answers a query in the {@code format} that it names, as text: {@code json}, {@code csv}, {@code ndjson}, or {@code
     * bridge}, which is JSON that is not too long for a message; without one as a {@link JsonObject}. A query that is
     * repeated before anything new is known gets the result of before.
     *
     * @throws QueryRefusal when it makes no sense, or the result would be too long
     */
    Object answer(JsonObject request) {
        String format = request.getString("format", "");
        boolean isForHttp = !format.isEmpty() && !format.equals("bridge");
        int most = isForHttp ? MOST_CHARACTERS : MOST_CHARACTERS_ON_THE_BUS;
        int mostBuckets =
                format.equals("ndjson") ? MOST_BUCKETS_OF_LINES : isForHttp ? MOST_BUCKETS : MOST_BUCKETS_ON_THE_BUS;
        Query query = Query.of(request, clock.getAsLong());
        String text = cache.get(format, query, () -> text(ask(query, mostBuckets), format, most));
        return format.isEmpty() ? new JsonObject(text) : text;
    }

    private static String text(QueryResult result, String format, int most) {
        return switch (format) {
            case "csv" -> result.toCsv(most);
            case "ndjson" -> result.toNdjson(most);
            default -> result.toJson(most);
        };
    }

    /**
     * Answers one query.
     *
     * @throws QueryRefusal when it makes no sense
     */
    QueryResult ask(JsonObject request, int mostBuckets) {
        return ask(Query.of(request, clock.getAsLong()), mostBuckets);
    }

    private QueryResult ask(Query query, int mostBuckets) {
        long now = clock.getAsLong();
        Optional<HistoryStore> opened = store.open(now);
        TreeSet<String> names = new TreeSet<>(matching(query.series(), opened));
        if ((long) names.size() * query.count() > mostBuckets) {
            throw new QueryRefusal(
                    400,
                    "that is too much at once: at most " + mostBuckets / query.count() + " series with so many points");
        }
        try {
            return new QueryResult(query, columns(query, names, opened, now));
        } catch (MVStoreException e) {
            if (!HistoryFile.isDamaged(e)) {
                opened.ifPresent(broken -> store.fail(broken, e, now));
            }
            throw new QueryRefusal(503, "n/a, because " + e.getMessage());
        }
    }

    /** What only memory has to be asked for is read one by one, when it is written down. */
    private SortedMap<String, Supplier<Downsampler>> columns(
            Query query, Set<String> names, Optional<HistoryStore> opened, long now) {
        TreeMap<String, Supplier<Downsampler>> columns = new TreeMap<>();
        Optional<StoreView> disk = opened.map(HistoryStore::view);
        long since = disk.map(view -> recentSince(query, view, now)).orElse(query.from());
        if (opened.isEmpty() || disk.isEmpty() || since <= query.from()) {
            names.forEach(name -> columns.put(name, () -> recent(name, query, since)));
            return columns;
        }
        Map<String, Downsampler> read = new HashMap<>();
        names.forEach(name -> read.put(name, recent(name, query, since)));
        read(query, wanted(read, opened.get()), disk.get(), since);
        read.forEach((name, buckets) -> columns.put(name, () -> buckets));
        return columns;
    }

    /** What is in memory of one series, from some moment on. */
    private Downsampler recent(String name, Query query, long since) {
        Downsampler buckets = new Downsampler(query.from(), query.stepMilliseconds(), query.count());
        memory.read(name, buckets, since, query.to());
        return buckets;
    }

    private List<String> matching(List<String> wanted, Optional<HistoryStore> opened) {
        TreeSet<String> all = new TreeSet<>(memory.names());
        opened.ifPresent(disk -> all.addAll(disk.catalog().names(board)));
        List<String> found = new ArrayList<>();
        for (String name : wanted) {
            if (name.contains("*")) {
                all.stream().filter(one -> isLike(name, one)).forEach(found::add);
            } else if (all.contains(name)) {
                found.add(name);
            } else {
                throw new QueryRefusal(
                        404, "there is no series " + name + "; GET /api/boards/" + board + "/series lists them");
            }
        }
        return found;
    }

    /** Whether a name is like a pattern; by hand, because somebody else's regular expression may take for ever. */
    static boolean isLike(String pattern, String name) {
        String[] parts = pattern.split("\\*", -1);
        int at = parts[0].length();
        int end = name.length() - parts[parts.length - 1].length();
        if (at > end || !name.startsWith(parts[0]) || !name.endsWith(parts[parts.length - 1])) {
            return false;
        }
        for (int part = 1; part < parts.length - 1; part++) {
            int found = name.indexOf(parts[part], at);
            if (found < 0 || found + parts[part].length() > end) {
                return false;
            }
            at = found + parts[part].length();
        }
        return true;
    }

    /** From when on memory answers a question: from its beginning, as a rule, if that is no longer ago than memory goes back. */
    private long recentSince(Query query, StoreView disk, long now) {
        return Math.max(
                query.from(),
                chosen(disk.tiers(), query.stepMilliseconds()) < 0 ? memory.oldest(now) : disk.end(0, now));
    }

    /** Those that are on disk, by their numbers there. */
    private Map<Integer, PointSink> wanted(Map<String, Downsampler> series, HistoryStore opened) {
        Map<Integer, PointSink> wanted = new HashMap<>();
        series.forEach((name, buckets) -> {
            Integer id = opened.catalog().find(board, name);
            if (id != null) {
                wanted.put(id, buckets);
            }
        });
        return wanted;
    }

    /** What is not in memory from the coarsest tier that is fine enough, and what that has not (yet) from its neighbours. */
    private void read(Query query, Map<Integer, PointSink> wanted, StoreView disk, long until) {
        long now = clock.getAsLong();
        List<Tier> tiers = disk.tiers();
        int chosen = chosen(tiers, query.stepMilliseconds());
        long high = Math.min(query.to(), until);
        for (int tier = 0; tier < tiers.size() && high > query.from(); tier++) {
            // A finer tier has only what the next does not have yet; a coarser one what this does not have any more.
            long start = tier < chosen
                    ? disk.end(tier + 1, now)
                    : now - tiers.get(tier).keptMilliseconds();
            long low = Math.max(query.from(), start);
            if (low < high) {
                disk.read(tier, wanted, low, high);
                high = low;
            }
        }
    }

    /** The coarsest that is fine enough; -1 when only memory is. */
    private static int chosen(List<Tier> tiers, long stepMilliseconds) {
        int chosen = -1;
        for (int tier = 0; tier < tiers.size(); tier++) {
            chosen = tiers.get(tier).stepMilliseconds() <= Math.max(stepMilliseconds, RECENT_STEP_MILLISECONDS)
                    ? tier
                    : chosen;
        }
        return chosen;
    }

    /**
     * What the board said of each minute.
     *
     * @throws QueryRefusal when it makes no sense, or asks for what only numbers have: series, or a table of them
     */
    JsonObject minutes(JsonObject request) {
        String format = request.getString("format", "json");
        if (format.equals("csv") || format.equals("ndjson")) {
            throw new QueryRefusal(
                    406,
                    "the history of " + board + " is there as JSON only: GET /api/boards/" + board
                            + "/history, with Accept: application/json");
        }
        if (!Query.series(request).equals(Query.ALL_SERIES)) {
            throw new QueryRefusal(404, "the board " + board + " has no series; leave out the parameter series");
        }
        long now = clock.getAsLong();
        long from = TimeExpression.parse("from", Query.text(request, "from", "-1h"), now);
        long to = TimeExpression.parse("to", Query.text(request, "to", "now"), now);
        HistoryStore opened = store.open(now)
                .orElseThrow(() ->
                        new QueryRefusal(503, "n/a, because " + store.status().getString("reason")));
        return new JsonObject().put("minutes", opened.minutes(board).read(from, to + 1, MOST_MINUTES));
    }
}
