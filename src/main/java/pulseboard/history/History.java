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

/** Answers questions about one board from what is in memory and what is on disk. Not thread-safe. */
final class History {

    /** Of an answer, all series together. */
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
    private final BoardHistory memory;
    private final Keeper keeper;
    private final LongSupplier clock;
    private final Answers answers;

    /**
     * Makes it.
     *
     * @param clock Unix milliseconds
     */
    History(String board, BoardHistory memory, Keeper keeper, LongSupplier clock) {
        this.board = board;
        this.memory = memory;
        this.keeper = keeper;
        this.clock = clock;
        this.answers = new Answers(() -> memory.changes() + keeper.changes());
    }

    /** The names of all series, and how what is on disk fares. */
    JsonObject list() {
        long now = clock.getAsLong();
        TreeSet<String> names = new TreeSet<>(memory.names());
        keeper.open(now).ifPresent(kept -> names.addAll(kept.catalog().names(board)));
        return new JsonObject()
                .put("series", new JsonArray(new ArrayList<>(names)))
                .put("kept", keeper.status());
    }

    /**
     * Answers a question in the {@code format} that it names, as text: {@code json}, {@code csv}, {@code ndjson}, or {@code
     * bridge}, which is JSON that is not too long for a message; without one as a {@link JsonObject}. A question that is asked
     * again before anything new is known gets the answer of before.
     *
     * @throws BadQuestion when it makes no sense, or the answer would be too long
     */
    Object answer(JsonObject request) {
        String format = request.getString("format", "");
        boolean isForHttp = !format.isEmpty() && !format.equals("bridge");
        int most = isForHttp ? MOST_CHARACTERS : MOST_CHARACTERS_ON_THE_BUS;
        int mostBuckets =
                format.equals("ndjson") ? MOST_BUCKETS_OF_LINES : isForHttp ? MOST_BUCKETS : MOST_BUCKETS_ON_THE_BUS;
        Question question = Question.of(request, clock.getAsLong());
        String text = answers.get(format, question, () -> text(ask(question, mostBuckets), format, most));
        return format.isEmpty() ? new JsonObject(text) : text;
    }

    private static String text(Answer answer, String format, int most) {
        return switch (format) {
            case "csv" -> answer.toCsv(most);
            case "ndjson" -> answer.toNdjson(most);
            default -> answer.toJson(most);
        };
    }

    /**
     * Answers one question.
     *
     * @throws BadQuestion when it makes no sense
     */
    Answer ask(JsonObject request, int mostBuckets) {
        return ask(Question.of(request, clock.getAsLong()), mostBuckets);
    }

    private Answer ask(Question question, int mostBuckets) {
        long now = clock.getAsLong();
        Optional<Kept> kept = keeper.open(now);
        TreeSet<String> names = new TreeSet<>(matching(question.series(), kept));
        if ((long) names.size() * question.count() > mostBuckets) {
            throw new BadQuestion(
                    400,
                    "that is too much at once: at most " + mostBuckets / question.count()
                            + " series with so many points");
        }
        try {
            return new Answer(question, columns(question, names, kept, now));
        } catch (MVStoreException e) {
            if (!HistoryFile.isDamaged(e)) {
                kept.ifPresent(broken -> keeper.fail(broken, e, now));
            }
            throw new BadQuestion(503, "n/a, because " + e.getMessage());
        }
    }

    /** What only memory has to be asked for is read one by one, when it is written down. */
    private SortedMap<String, Supplier<Buckets>> columns(
            Question question, Set<String> names, Optional<Kept> kept, long now) {
        TreeMap<String, Supplier<Buckets>> columns = new TreeMap<>();
        Optional<StoreView> disk = kept.map(Kept::view);
        long since = disk.map(view -> recentSince(question, view, now)).orElse(question.from());
        if (kept.isEmpty() || disk.isEmpty() || since <= question.from()) {
            names.forEach(name -> columns.put(name, () -> recent(name, question, since)));
            return columns;
        }
        Map<String, Buckets> read = new HashMap<>();
        names.forEach(name -> read.put(name, recent(name, question, since)));
        read(question, wanted(read, kept.get()), disk.get(), since);
        read.forEach((name, buckets) -> columns.put(name, () -> buckets));
        return columns;
    }

    /** What is in memory of one series, from some moment on. */
    private Buckets recent(String name, Question question, long since) {
        Buckets buckets = new Buckets(question.from(), question.stepMilliseconds(), question.count());
        memory.read(name, buckets, since, question.to());
        return buckets;
    }

    private List<String> matching(List<String> wanted, Optional<Kept> kept) {
        TreeSet<String> all = new TreeSet<>(memory.names());
        kept.ifPresent(disk -> all.addAll(disk.catalog().names(board)));
        List<String> found = new ArrayList<>();
        for (String name : wanted) {
            if (name.contains("*")) {
                all.stream().filter(one -> isLike(name, one)).forEach(found::add);
            } else if (all.contains(name)) {
                found.add(name);
            } else {
                throw new BadQuestion(
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
    private long recentSince(Question question, StoreView disk, long now) {
        return Math.max(
                question.from(),
                chosen(disk.tiers(), question.stepMilliseconds()) < 0 ? memory.oldest(now) : disk.end(0, now));
    }

    /** Those that are on disk, by their numbers there. */
    private Map<Integer, Points> wanted(Map<String, Buckets> series, Kept kept) {
        Map<Integer, Points> wanted = new HashMap<>();
        series.forEach((name, buckets) -> {
            Integer id = kept.catalog().find(board, name);
            if (id != null) {
                wanted.put(id, buckets);
            }
        });
        return wanted;
    }

    /** What is not in memory from the coarsest tier that is fine enough, and what that has not (yet) from its neighbours. */
    private void read(Question question, Map<Integer, Points> wanted, StoreView disk, long until) {
        long now = clock.getAsLong();
        List<Tier> tiers = disk.tiers();
        int chosen = chosen(tiers, question.stepMilliseconds());
        long high = Math.min(question.to(), until);
        for (int tier = 0; tier < tiers.size() && high > question.from(); tier++) {
            // A finer tier has only what the next does not have yet; a coarser one what this does not have any more.
            long start = tier < chosen
                    ? disk.end(tier + 1, now)
                    : now - tiers.get(tier).keptMilliseconds();
            long low = Math.max(question.from(), start);
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
     * @throws BadQuestion when it makes no sense, or asks for what only numbers have: series, or a table of them
     */
    JsonObject minutes(JsonObject request) {
        String format = request.getString("format", "json");
        if (format.equals("csv") || format.equals("ndjson")) {
            throw new BadQuestion(
                    406,
                    "the history of " + board + " is told as JSON only: GET /api/boards/" + board
                            + "/history, with Accept: application/json");
        }
        if (!Question.series(request).equals(Question.ALL_SERIES)) {
            throw new BadQuestion(404, "the board " + board + " has no series; leave out the parameter series");
        }
        long now = clock.getAsLong();
        long from = Moment.parse("from", Question.text(request, "from", "-1h"), now);
        long to = Moment.parse("to", Question.text(request, "to", "now"), now);
        Kept kept = keeper.open(now)
                .orElseThrow(() ->
                        new BadQuestion(503, "n/a, because " + keeper.status().getString("reason")));
        return new JsonObject().put("minutes", kept.minutes(board).read(from, to + 1, MOST_MINUTES));
    }
}
