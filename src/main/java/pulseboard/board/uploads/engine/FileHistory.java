package pulseboard.board.uploads.engine;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What became of single files, the newest of them: lines of JSON in two files, of which the older goes when the newer is full. Thread-safe;
 * it blocks.
 */
public final class FileHistory {

    private static final long MOST_BYTES = 8L << 20;
    private static final List<String> COLUMNS =
            List.of("number", "at", "uploader", "session", "account", "path", "bytes", "result", "why");

    private final Path newer;
    private final Path older;
    private final long mostBytes;
    private long number;

    /**
     * Which files somebody asks for, the newest first.
     *
     * @param uploader empty: of all
     * @param session empty: of all
     * @param result empty: whatever became of them
     * @param text what their paths hold, whatever the case; empty: anything
     * @param before only those with smaller numbers
     * @param limit how many at most
     */
    public record Query(String uploader, String session, String result, String text, long before, int limit) {

        private boolean takes(JsonObject file) {
            return file.getLong("number", 0L) < before
                    && (uploader.isEmpty() || uploader.equals(file.getString("uploader")))
                    && (session.isEmpty() || session.equals(file.getString("session")))
                    && (result.isEmpty() || result.equals(file.getString("result")))
                    && (text.isEmpty() || contains(file.getString("path", ""), text));
        }

        private static boolean contains(String path, String part) {
            for (int at = 0; at + part.length() <= path.length(); at++) {
                if (path.regionMatches(true, at, part, 0, part.length())) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Those that are noted in this file, and in one beside it. */
    public FileHistory(Path file) throws IOException {
        this(file, MOST_BYTES);
    }

    /** The same, with so much in each of the two. */
    FileHistory(Path file, long mostBytes) throws IOException {
        this.mostBytes = mostBytes;
        newer = file;
        older = file.resolveSibling(file.getFileName() + ".1");
        read(each -> number = Math.max(number, each.getLong("number", 0L)));
    }

    private void read(Consumer<JsonObject> each) throws IOException {
        read(older, each);
        read(newer, each);
    }

    private static void read(Path file, Consumer<JsonObject> each) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                accept(line, each);
            }
        } catch (NoSuchFileException e) {
            return; // Nothing has been noted there yet.
        }
    }

    /** What was written half before a crash is left out. */
    private static void accept(String line, Consumer<JsonObject> each) {
        JsonObject json;
        try {
            json = new JsonObject(line);
        } catch (DecodeException e) {
            return;
        }
        each.accept(json);
    }

    /** These files are finished. */
    synchronized void add(List<LedgerRecord> records, UnaryOperator<String> accountName) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (LedgerRecord record : records) {
            lines.append(line(record, accountName)).append('\n');
        }
        if (Files.exists(newer) && Files.size(newer) + lines.length() > mostBytes) {
            Files.move(newer, older, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(newer, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String line(LedgerRecord record, UnaryOperator<String> accountName) {
        String[] session = record.session().split("/", 2);
        JsonObject json = new JsonObject()
                .put("number", ++number)
                .put("at", record.at())
                .put("uploader", session[0])
                .put("session", session[session.length - 1])
                .put("path", record.path())
                .put("bytes", record.bytes())
                .put("result", record.kind().equals("done") ? "uploaded" : record.kind());
        if (!record.account().isEmpty()) {
            json.put("account", accountName.apply(record.account()));
        }
        return record.note().isEmpty()
                ? json.encode()
                : json.put("why", record.note()).encode();
    }

    /** The ledger has these of a session; this program may have been killed before they were noted here. */
    synchronized void addMissing(String session, List<LedgerRecord> records, UnaryOperator<String> accountName)
            throws IOException {
        Set<String> noted = new HashSet<>();
        read(each -> {
            if (session.equals(each.getString("uploader") + "/" + each.getString("session"))) {
                noted.add(each.getString("path"));
            }
        });
        add(records.stream().filter(record -> !noted.contains(record.path())).toList(), accountName);
    }

    private synchronized Deque<JsonObject> find(Query query) throws IOException {
        Deque<JsonObject> found = new ArrayDeque<>();
        read(each -> {
            if (query.takes(each)) {
                found.addFirst(each);
                if (found.size() > query.limit) {
                    found.removeLast();
                }
            }
        });
        return found;
    }

    /** A page of them; where there may be more, {@code next} is what the next page is to come before. */
    public JsonObject toJson(Query query) throws IOException {
        Deque<JsonObject> found = find(query);
        JsonObject json = new JsonObject().put("files", new JsonArray(List.copyOf(found)));
        return found.size() < query.limit
                ? json
                : json.put("next", found.getLast().getLong("number"));
    }

    /** The same as a table. */
    public String toCsv(Query query) throws IOException {
        StringBuilder csv = new StringBuilder(CsvLine.head(COLUMNS));
        find(query).forEach(file -> csv.append(CsvLine.of(file, COLUMNS)));
        return csv.toString();
    }

    /** How the sizes of those that an uploader has uploaded since then are spread, as the board tells it of a queue. */
    public synchronized JsonObject spread(String uploader, long since) throws IOException {
        long[][] sizes = {new long[64]};
        int[] count = new int[1];
        read(each -> {
            if (each.getLong("at", 0L) >= since
                    && uploader.equals(each.getString("uploader"))
                    && "uploaded".equals(each.getString("result"))) {
                if (count[0] == sizes[0].length) {
                    sizes[0] = Arrays.copyOf(sizes[0], count[0] * 2);
                }
                sizes[0][count[0]++] = each.getLong("bytes", 0L);
            }
        });
        long[] all = Arrays.copyOf(sizes[0], count[0]);
        return QueueFigures.ofSizes(all)
                .put("files", all.length)
                .put("bytes", Arrays.stream(all).sum());
    }
}
