package pulseboard.top;

import io.vertx.core.json.JsonObject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.OptionalDouble;

/** What is written where there is no screen: one line each time, for people or for programs. */
final class Printout {

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, Screen.nativeCharset());
    private final boolean isJson;

    Printout(boolean isJson) {
        this.isJson = isJson;
    }

    /** Writes a line; returns whether somebody takes it. */
    boolean print(View view, long now) {
        out.print((isJson ? json(view) : text(view, now)) + "\n");
        return !out.checkError();
    }

    private static String text(View view, long now) {
        Part facts = Part.of(view.facts());
        String name = facts.text("name").isEmpty() ? view.where() : facts.text("name");
        String when = Instant.ofEpochMilli(view.isLive() ? view.at() : now).truncatedTo(ChronoUnit.SECONDS) + "";
        return Plain.of(
                when + "  " + name + "  " + (view.isLive() ? figures(Part.of(view.host())) : "n/a: " + view.trouble()));
    }

    private static String figures(Part host) {
        Part cpu = host.part("cpu");
        Part memory = host.part("memory");
        StringBuilder line = new StringBuilder();
        line.append("cpu ").append(percent(cpu.number("busyPercent")));
        cpu.number("load1").ifPresent(load -> line.append("  load ").append(Figures.load(load)));
        line.append("  memory ").append(percent(memory.number("usedPercent")));
        memory.part("swap")
                .number("usedPercent")
                .ifPresent(used -> line.append("  swap ").append(Figures.percent(used)));
        Part network = host.part("network");
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
        return value.isPresent() ? Figures.percent(value.getAsDouble()) : "n/a";
    }

    private static String rate(OptionalDouble value) {
        return value.isPresent() ? Figures.bytes(value.getAsDouble()) + "/s" : "n/a";
    }

    /** In ASCII, so that it may be looked at, too. */
    private static String json(View view) {
        JsonObject json = JsonObject.of("version", 1, "server", view.where(), "live", view.isLive());
        if (view.isLive()) {
            json.put("at", view.at()).put("host", view.host());
        } else {
            json.put("reason", view.trouble());
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
