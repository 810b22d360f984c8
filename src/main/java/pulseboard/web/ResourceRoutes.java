package pulseboard.web;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Audit;
import pulseboard.auth.Identity;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;

/**
 * What boards of this process serve beside their state, below {@code /api/boards/ID/}: looks who may, and has the board answer.
 * Comes after all routes that every board has. Used on one event loop.
 */
final class ResourceRoutes {

    private static final String API = "/api/";

    /** Resources below this path are found without their board's name, too: it is where programs of others look for them. */
    private static final String OF_OTHERS = "cloudplow/";

    private final Resources resources;
    private final Boards boards;
    private final AuthenticationHandler gate;

    ResourceRoutes(Vertx vertx, Boards boards, AuthenticationHandler gate) {
        this.gate = gate;
        this.resources = Resources.of(vertx);
        this.boards = boards;
    }

    /** Adds the route. */
    void mount(Router router) {
        router.route(Boards.PATH + "/*").handler(context -> serve(context, router));
        router.route(API + OF_OTHERS + "*").handler(this::serveAsOther);
    }

    /** Adds the routes of the other port, which come before those of the same paths. */
    void mountAt(@Nullable OtherPort other, Router router) {
        if (other != null) {
            router.route(API + ":other").handler(context -> {
                if (context.request().localAddress().port() == other.port()) {
                    serveAsOther(context, OF_OTHERS + context.pathParam("other"));
                } else {
                    context.next();
                }
            });
        }
    }

    private void serveAsOther(RoutingContext context) {
        serveAsOther(context, context.normalizedPath().substring(API.length()));
    }

    /** Whichever board of this machine answers for that program; underscores in its names are our hyphens. */
    private void serveAsOther(RoutingContext context, String named) {
        String path = named.replace('_', '-');
        boolean isServed = boards.all().stream()
                .filter(board -> board.info.id().isLocal())
                .anyMatch(board -> serve(context, board, path));
        if (!isServed) {
            context.fail(404);
        }
    }

    private void serve(RoutingContext context, Router router) {
        if (context.normalizedPath().length() <= Boards.PATH.length()) {
            context.fail(405);
            return;
        }
        List<String> parts = parts(context);
        boolean isOfOther = parts.size() > 1 && boards.get(parts.get(0) + "/" + parts.get(1)) != null;
        String name = isOfOther ? parts.get(0) + "/" + parts.get(1) : parts.get(0);
        String path = String.join("/", parts.subList(isOfOther ? 2 : 1, parts.size()));
        boards.find(context, name).ifPresent(board -> {
            if (!serve(context, board, path)) {
                refuse(context, router, path);
            }
        });
    }

    /** Each board has the same routes, of which this may be one that takes other methods. */
    private static void refuse(RoutingContext context, Router router, String path) {
        String ofAnyBoard = Boards.PATH + "/any" + (path.isEmpty() ? "" : "/" + path);
        Set<String> methods = Failures.methods(router, ofAnyBoard);
        if (methods.isEmpty()) {
            context.fail(404);
        } else {
            notAllowed(context, String.join(", ", methods));
        }
    }

    private static void notAllowed(RoutingContext context, String methods) {
        context.response().putHeader(HttpHeaders.ALLOW, methods);
        Failures.respond(
                context, 405, "method_not_allowed", "this path does not take that method; see the Allow header");
    }

    private static List<String> parts(RoutingContext context) {
        String below = context.normalizedPath().substring(Boards.PATH.length() + 1);
        return Arrays.asList(below.split("/", -1));
    }

    /** Returns whether there is such a resource. */
    private boolean serve(RoutingContext context, FanOut board, String path) {
        String method = context.request().method().name();
        Optional<Resources.Match> match = Resources.match(board.info, method.equals("HEAD") ? "GET" : method, path);
        if (match.isEmpty()) {
            return false;
        }
        ResourceInfo info = match.get().info();
        Identity who = AuthenticationHandler.known(context);
        if (!info.method().equals(method) && !(info.isReading() && method.equals("HEAD"))) {
            notAllowed(context, allowed(board, path));
        } else {
            if (info.needsToAct()) {
                auditAtItsEnd(context, board, info);
            }
            if ((info.needsToAct() ? !who.mayAct(board.board()) : !who.mayRead(board.board()))
                    || (info.isForAdmins() && !who.isAdmin())) {
                Failures.respond(context, 403, "forbidden", "what you are signed in with does not allow this");
            } else {
                answer(context, board, match.get(), who);
            }
        }
        return true;
    }

    /** As actions are, with what became of it. The path is the board's pattern: names of files are not for the log. */
    private void auditAtItsEnd(RoutingContext context, FanOut board, ResourceInfo info) {
        String what = board.board() + " " + info.method() + " " + info.path();
        String name = AuthenticationHandler.known(context).name();
        String from = gate.from(context);
        context.addEndHandler(ended -> {
            int status = context.response().getStatusCode();
            String outcome =
                    ended.failed() ? "broken" : status < 400 ? "done" : status == 403 ? "forbidden" : "" + status;
            Audit.acted(what, outcome, name, from);
        });
    }

    private void answer(RoutingContext context, FanOut board, Resources.Match match, Identity who) {
        Optional<Handler<Resources.Request>> handler = resources.handler(board.info.id(), match.info());
        if (handler.isEmpty()) {
            Failures.respond(context, 503, "board_unavailable", "no answer; GET /api/health says more");
            return;
        }
        // What comes from a board may be what somebody else wrote into a file: it is never a page of ours.
        context.response().putHeader("Content-Security-Policy", "sandbox");
        handler.get().handle(new Resources.Request(context.request(), match.path(), who.name()));
    }

    private static String allowed(FanOut board, String path) {
        return board.info.resources().stream()
                .map(ResourceInfo::method)
                .distinct()
                .filter(method -> Resources.match(board.info, method, path)
                        .filter(match -> match.info().method().equals(method))
                        .isPresent())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
