package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Identity;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Directory;

/**
 * The boards that are there, as the directory has them. One that is gone stays known to those who still watch it, and is theirs
 * again should it come back. Used on one event loop.
 */
final class Boards implements Directory.Listener {

    /** Below this everything of a board is. */
    static final String PATH = "/api/boards";

    private final Vertx vertx;
    private final Viewers viewers;
    private final Audiences audiences;
    private final Map<String, FanOut> byName = new LinkedHashMap<>();
    private final Set<String> gone = new HashSet<>();

    /**
     * Knows none yet.
     *
     * @param home the board of this machine
     */
    Boards(Vertx vertx, Viewers viewers, String home) {
        this.vertx = vertx;
        this.viewers = viewers;
        this.audiences = new Audiences(vertx, viewers, home);
    }

    /** The board as somebody sees it, who may see only a part of it. */
    FanOut as(FanOut board, Identity who) {
        return audiences.as(board, who);
    }

    /** Who counts those who watch. */
    Viewers viewers() {
        return viewers;
    }

    @Override
    public void announced(BoardInfo board) {
        String name = board.id().toString();
        gone.remove(name);
        byName.computeIfAbsent(name, missing -> new FanOut(vertx, board, viewers)).info = board;
    }

    @Override
    public void withdrawn(BoardId board) {
        gone.add(board.toString());
        byName.values().removeIf(each -> gone.contains(each.board()) && !each.isWatched());
        gone.retainAll(byName.keySet());
    }

    /** The board of this name; null when there is none. */
    @Nullable
    FanOut get(@Nullable String name) {
        return name == null || gone.contains(name) ? null : byName.get(name);
    }

    /** The board of an address for this use; nothing when it is another address, or there is no such board. */
    Optional<FanOut> at(Addresses.Use use, String address) {
        return use.boardOf(address).map(this::get);
    }

    /** The board of an address where its changes come, also one that is gone: whoever watches it may leave. */
    Optional<FanOut> watchedAt(String address) {
        return Addresses.Use.CHANGES.boardOf(address).map(byName::get);
    }

    /** All that are there, in the order in which they came. */
    List<FanOut> all() {
        List<FanOut> all = new ArrayList<>(byName.values());
        all.removeIf(each -> gone.contains(each.board()));
        return all;
    }

    /** Their names. */
    List<String> names() {
        return all().stream().map(FanOut::board).toList();
    }

    /**
     * Adds a route below every board, those of other machines too, for GET and HEAD. The handler comes to see requests of those
     * who may read the board.
     */
    void get(Router router, String below, BiConsumer<RoutingContext, FanOut> handler) {
        BoardRoutes.get(router, PATH + "/:board" + below).handler(context -> {
            String name = context.pathParam("board");
            find(context, name).ifPresent(board -> read(context, board, handler));
        });
        BoardRoutes.get(router, PATH + "/:source/:board" + below).handler(context -> {
            FanOut board = get(context.pathParam("source") + "/" + context.pathParam("board"));
            if (board == null) {
                context.next(); // Then it may be a resource of a board of this machine.
            } else {
                read(context, board, handler);
            }
        });
    }

    private void read(RoutingContext context, FanOut board, BiConsumer<RoutingContext, FanOut> handler) {
        Identity who = AuthenticationHandler.known(context);
        FanOut seen = as(board, who);
        if (seen.mayBeReadBy(who) || AuthenticationHandler.mayRead(context, board.board())) {
            handler.accept(context, seen);
        }
    }

    /** The board of this name; answers if there is none. */
    Optional<FanOut> find(RoutingContext context, String name) {
        FanOut board = get(name);
        if (board == null || isHidden(board, AuthenticationHandler.known(context))) {
            refuseUnknown(context);
            return Optional.empty();
        }
        return Optional.of(board);
    }

    static void refuseUnknown(RoutingContext context) {
        Failures.respond(context, 404, "unknown_board", "there is no such board; GET /api/boards lists them");
    }

    /** Whether somebody shall not even know that it is there: a board of a machine that they may not see. */
    static boolean isHidden(FanOut board, Identity who) {
        return !board.info.id().isLocal() && !who.mayRead(board.board()) && !who.mayAct(board.board());
    }
}
