package pulseboard.fleet;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.Addresses;
import pulseboard.feed.KeptNumbers;
import pulseboard.link.LinkServer;

/**
 * Fills gaps in the history here from the histories of the machines themselves, once they are linked again. What is asked is what
 * the page asks, so a machine of any version may be asked; one that does not answer, or not in time, is left alone. Used on the event
 * loop of the links.
 */
final class Backfill {

    private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);

    /** Rows of one question; and series, of which a page of numbers comes that is far from what is too much for a link. */
    private static final int ROWS = 30;

    private static final int SERIES = 80;

    /** Of a board, as many as are taken of it while it is linked. */
    private static final int MOST_SERIES = 1_000;

    private static final int MOST_CHARACTERS = 1_000;

    /** Between two questions: other machines, and what this one shows now, come first. */
    private static final long PAUSE_MILLISECONDS = 250;

    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Vertx vertx;
    private final LinkServer links;
    private final boolean isSummary;
    private final GapQueue queue = new GapQueue();
    private long rows;
    private long refused;

    /** One machine of which a gap is filled. */
    private static final class Filling {
        private final Gap gap;
        private final long begunNanos = System.nanoTime();
        private long rows;
        private long refused;

        Filling(Gap gap) {
            this.gap = gap;
        }
    }

    /** Nothing more is to be had from that machine. */
    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1;

        GivenUp(String reason) {
            super(reason, null, false, false);
        }
    }

    /** With nothing to fill. Where the history keeps a summary only, nothing else is asked for. */
    Backfill(Vertx vertx, LinkServer links, boolean isSummary) {
        this.vertx = vertx;
        this.links = links;
        this.isSummary = isSummary;
    }

    /** How many rows were taken, and how many refused. */
    JsonObject counts() {
        return JsonObject.of("backfilledRowCount", rows, "refusedRowCount", refused);
    }

    /**
     * A machine links. To be called before anything that it shows can be in the history.
     *
     * @param heardAt when it was last heard of; 0: not known
     */
    void linked(String machine, long heardAt, long skewMilliseconds) {
        queue.remove(machine);
        long now = System.currentTimeMillis();
        String prefix = isSummary ? FleetInfo.BOARD + "/" + PastFigures.prefix(machine) : machine + "/";
        history(JsonObject.of("machine", machine, "prefix", prefix))
                .onSuccess(answer -> Gap.of(
                                machine,
                                new Gap.Known(answer.getLong("newest"), answer.getLong("since"), heardAt),
                                now,
                                skewMilliseconds)
                        .ifPresent(this::wait))
                .onFailure(failure -> LOG.debug("It is not known what is missing of {}", machine, failure));
    }

    private void wait(Gap gap) {
        note(gap.machine(), gap.from());
        queue.add(gap);
    }

    private Future<JsonObject> history(JsonObject question) {
        return vertx.eventBus()
                .<JsonObject>request(Addresses.HISTORY_GAP, question)
                .map(reply -> reply.body());
    }

    private void note(String machine, long since) {
        history(JsonObject.of("machine", machine, "prefix", machine, "since", since))
                .onFailure(failure -> LOG.debug("The gap of {} is not noted", machine, failure));
    }

    /** Begins with those whose turn it is. */
    void look(long now) {
        queue.next(now).ifPresent(gap -> {
            begin(new Filling(gap));
            look(now);
        });
    }

    private void begin(Filling filling) {
        Gap gap = filling.gap;
        Map<String, KeptNumbers> boards = new TreeMap<>(links.kept(gap.machine()));
        boards.putIfAbsent(OwnMachine.HOST, KeptNumbers.NONE);
        Future<Void> all = Future.succeededFuture();
        for (Map.Entry<String, KeptNumbers> board : boards.entrySet()) {
            all = all.compose(done -> fill(filling, board.getKey(), board.getValue()));
        }
        all.onComplete(done -> {
            boolean isCurrent = queue.isFilling(gap);
            queue.end(gap);
            if (isCurrent && (done.succeeded() || done.cause() instanceof GivenUp)) {
                note(gap.machine(), 0);
            }
            tell(filling, done.cause());
        });
    }

    private static void tell(Filling filling, @Nullable Throwable trouble) {
        String machine = filling.gap.machine();
        if (filling.rows > 0) {
            LOG.info("{} rows that were missing of {} came from itself", filling.rows, machine);
        }
        if (filling.refused > 0) {
            LOG.warn("{} rows of the past that {} told cannot be, and are not taken", filling.refused, machine);
        }
        if (trouble != null) {
            LOG.debug("The gap of {} is not filled", machine, trouble);
        }
    }

    private Future<Void> fill(Filling filling, String board, KeptNumbers kept) {
        boolean isHost = board.equals(OwnMachine.HOST);
        return ask(filling, board, true, new JsonObject())
                .map(answer -> names(answer, name -> kept.keepsSeries(name) || (isHost && PastFigures.needs(name))))
                .compose(names -> names.isEmpty()
                        ? Future.succeededFuture()
                        : fill(filling, new Wanted(board, kept, names), filling.gap.from()));
    }

    private record Wanted(String board, KeptNumbers kept, List<String> names) {}

    /** The names of series that are wanted, out of what another machine says. */
    static List<String> names(String answer, Predicate<String> isWanted) {
        try {
            JsonArray names = new JsonObject(answer).getJsonArray("series", new JsonArray());
            return names.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .filter(name -> name.length() <= MOST_CHARACTERS && isWanted.test(name))
                    .distinct()
                    .limit(MOST_SERIES)
                    .toList();
        } catch (RuntimeException e) {
            throw new GivenUp("its list of series is none");
        }
    }

    /** In the order of time: what is filled when the link ends again stays. */
    private Future<Void> fill(Filling filling, Wanted wanted, long from) {
        int count = (int) Math.min(ROWS, (filling.gap.to() - from) / Gap.STEP_MILLISECONDS);
        if (count <= 0) {
            return Future.succeededFuture();
        }
        PastColumns all = new PastColumns(count);
        Future<Void> asked = Future.succeededFuture();
        for (int first = 0; first < wanted.names.size(); first += SERIES) {
            PastQuestion question = new PastQuestion(
                    wanted.names.subList(first, Math.min(wanted.names.size(), first + SERIES)),
                    from + filling.gap.aheadMilliseconds(),
                    count);
            asked = asked.compose(done -> ask(filling, wanted.board, false, question.toJson()))
                    .onSuccess(answer -> take(filling, question.read(answer), all))
                    .mapEmpty();
        }
        return asked.compose(done -> keep(filling, wanted, from, all))
                .compose(done -> fill(filling, wanted, from + count * Gap.STEP_MILLISECONDS));
    }

    private void take(Filling filling, PastQuestion.Taken taken, PastColumns all) {
        filling.refused += taken.refused();
        refused += taken.refused();
        all.addAll(taken.columns());
    }

    /** Asks after a pause; fails when this is not to go on. */
    private Future<String> ask(Filling filling, String board, boolean isOfSeries, JsonObject question) {
        return vertx.timer(PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS).compose(waited -> {
            if (!queue.isFilling(filling.gap)) {
                return Future.failedFuture("it has linked anew meanwhile");
            }
            if (System.nanoTime() - filling.begunNanos > MOST_NANOS) {
                return Future.failedFuture(new GivenUp("it takes too long"));
            }
            return links.past(filling.gap.machine(), board, isOfSeries, question)
                    .recover(failure -> Future.failedFuture(
                            failure instanceof ReplyException
                                    ? new GivenUp(String.valueOf(failure.getMessage()))
                                    : failure));
        });
    }

    /** Has the history take them: what it keeps of the board, and what it keeps of the list of machines. */
    private Future<Void> keep(Filling filling, Wanted wanted, long from, PastColumns all) {
        String machine = filling.gap.machine();
        Future<Void> own = keep(filling, machine + "/" + wanted.board, from, all.only(wanted.kept::keepsSeries));
        return wanted.board.equals(OwnMachine.HOST)
                ? own.compose(done -> keep(filling, FleetInfo.BOARD, from, PastFigures.of(machine, all)))
                : own;
    }

    private Future<Void> keep(Filling filling, String board, long from, PastColumns columns) {
        if (columns.isEmpty()) {
            return Future.succeededFuture();
        }
        JsonObject late = JsonObject.of("board", board, "from", from, "count", columns.count())
                .put("series", columns.toJson());
        return vertx.eventBus()
                .<Integer>request(Addresses.HISTORY_LATE, late)
                .onSuccess(reply -> {
                    filling.rows += reply.body();
                    rows += reply.body();
                })
                .mapEmpty();
    }
}
