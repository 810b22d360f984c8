package pulseboard.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStore;

/**
 * Makes a history as if the program had run for long, by the program's own code: each row goes to the finest tier that
 * would still have it. As a program: {@code HistoryFill FOLDER DAYS NAME...}, with hills and noise from 0 to
 * 100 under each name of the host board.
 */
final class HistoryFill {

    private static final long DAY_MILLISECONDS = TimeUnit.DAYS.toMillis(1);
    private static final int COMMITS_A_DAY = 4;

    private final HistoryStore kept;
    private final long now;

    /** Writes into a store until that moment. */
    HistoryFill(HistoryStore kept, long now) {
        this.kept = kept;
        this.now = now;
    }

    /** Where the numbers come from. */
    interface Source {
        /** The number of a series at a moment. */
        Summary at(int series, long moment);
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        List<String> names = List.of(arguments).subList(2, arguments.length);
        int days = Integer.parseInt(arguments[1]);
        try (MVStore store = open(folder.resolve("history.mv"))) {
            HistoryStore kept = new HistoryStore(store, new HistoryConfig("", 730, 5_000, 30));
            new HistoryFill(kept, System.currentTimeMillis()).fill(days, names, hills());
            store.compactFile(Integer.MAX_VALUE);
            kept.close();
        }
    }

    /** Space is used again at once: here a day passes in a second. */
    static MVStore open(Path file) {
        MVStore store = HistoryFile.openFile(file);
        store.setRetentionTime(0);
        return store;
    }

    /** Busy by day, quiet by night, with noise of one decimal. */
    static Source hills() {
        Random random = new Random(1);
        return (series, moment) -> {
            double day = Math.sin(2 * Math.PI * moment / DAY_MILLISECONDS + series);
            double middle = 50 + 35 * day;
            float min = (float) (Math.round((middle - random.nextDouble() * 10) * 10) / 10.0);
            float max = (float) (Math.round((middle + random.nextDouble() * 10) * 10) / 10.0);
            return new Summary(min, (float) (min + (max - min) * random.nextDouble()), max);
        };
    }

    /** Nothing in it is like anything else: the worst that there can be. */
    static Source noise() {
        Random random = new Random(1);
        return (series, moment) -> {
            float min = Float.intBitsToFloat(random.nextInt(0x7f000000));
            return new Summary(
                    min,
                    Float.intBitsToFloat(random.nextInt(0x7f000000)),
                    Float.intBitsToFloat(random.nextInt(0x7f000000)));
        };
    }

    /** Writes the last so many days. */
    void fill(int days, List<String> names, Source source) {
        long written = now - days * DAY_MILLISECONDS;
        for (long at = now - days * DAY_MILLISECONDS;
                at < now;
                at += kept.tiers().get(tier(at)).stepMilliseconds()) {
            int tier = tier(at);
            long row = kept.tiers().get(tier).floor(at);
            Map<String, Summary> summaries = new HashMap<>();
            IntStream.range(0, names.size())
                    .forEach(series -> summaries.put(names.get(series), source.at(series, row)));
            kept.put(tier, "host", row, summaries);
            if (at - written > DAY_MILLISECONDS / COMMITS_A_DAY) {
                written = at;
                kept.commit(at);
            }
        }
        kept.commit(now);
    }

    /** The finest that still has a moment. */
    private int tier(long at) {
        int tier = 0;
        while (tier < 2 && now - at >= kept.tiers().get(tier).keptMilliseconds()) {
            tier++;
        }
        return tier;
    }
}
