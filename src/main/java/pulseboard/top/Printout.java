package pulseboard.top;

import io.vertx.core.json.JsonObject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What is written where there is no screen: one line each time, for people or for programs. */
final class Printout {

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, Screen.nativeCharset());
    private final boolean isJson;
    private final String board;
    private final Function<ServerState, String> figures;

    /** Of the host. */
    Printout(boolean isJson) {
        this(isJson, FeedClient.HOST, Printout::host);
    }

    /** Of this board, with its figures in a line. */
    Printout(boolean isJson, String board, Function<ServerState, String> figures) {
        this.isJson = isJson;
        this.board = board;
        this.figures = figures;
    }

    /** Writes a line; returns whether somebody takes it. */
    boolean print(ServerState state, long now) {
        out.print((isJson ? json(state) : text(state, now)) + "\n");
        return !out.checkError();
    }

    private String text(ServerState state, long now) {
        JsonView facts = JsonView.of(state.facts());
        String name = facts.text("name").isEmpty() ? state.where() : facts.text("name");
        String when = Instant.ofEpochMilli(state.isLive() ? state.at() : now).truncatedTo(ChronoUnit.SECONDS) + "";
        return Sanitizer.of(
                when + "  " + name + "  " + (state.isLive() ? figures.apply(state) : "n/a: " + state.trouble()));
    }

    private static String host(ServerState state) {
        return figures(JsonView.of(state.host())) + verdict(state);
    }

    private static String verdict(ServerState state) {
        return state.verdict() == null ? "" : "  " + new VerdictPanel(state.verdict()).text();
    }

    private static String figures(JsonView host) {
        JsonView cpu = host.part("cpu");
        JsonView memory = host.part("memory");
        StringBuilder line = new StringBuilder();
        line.append("cpu ").append(percent(cpu.number("busyPercent")));
        cpu.number("load1").ifPresent(load -> line.append("  load ").append(Formatter.load(load)));
        line.append("  memory ").append(percent(memory.number("usedPercent")));
        memory.part("swap")
                .number("usedPercent")
                .ifPresent(used -> line.append("  swap ").append(Formatter.percent(used)));
        JsonView network = host.part("network");
        line.append("  network in ").append(rate(network.number("receivedBytesPerSecond")));
        line.append(" out ").append(rate(network.number("sentBytesPerSecond")));
        host.part("filesystems")
                .parts()
                .max(Comparator.comparingDouble(each -> each.getValue().orZero("usedPercent")))
                .ifPresent(each -> line.append("  disk ")
                        .append(percent(each.getValue().number("usedPercent")))
                        .append(" of ")
                        .append(each.getKey()));
        return line.toString();
    }

    private static String percent(OptionalDouble value) {
        return value.isPresent() ? Formatter.percent(value.getAsDouble()) : "n/a";
    }

    private static String rate(OptionalDouble value) {
        return value.isPresent() ? Formatter.bytes(value.getAsDouble()) + "/s" : "n/a";
    }

    /** In ASCII, so that it may be looked at, too. */
    private String json(ServerState state) {
        JsonObject json = JsonObject.of("version", 1, "server", state.where(), "live", state.isLive());
        if (state.isLive()) {
            json.put("at", state.at()).put(board, state.host());
            if (state.verdict() != null) {
                json.put("verdict", state.verdict());
            }
        } else {
            json.put("reason", state.trouble());
        }
        StringBuilder ascii = new StringBuilder();
        json.encode().chars().forEach(character -> {
            if (character >= ' ' && character < 0x7f) {
                ascii.append((char) character);
            } else {
                ascii.append(String.format("\\u%04x", character));
            }
        });
        return ascii.toString();
    }
}
