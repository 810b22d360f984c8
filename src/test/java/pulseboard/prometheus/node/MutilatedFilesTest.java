package pulseboard.prometheus.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.machine.FilesystemReading;
import pulseboard.machine.linux.Kernel;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Samples;

/**
 * What a field tells depends on that field: series that stay as they are when its value is another may not change when it is
 * mutilated either. Each file that a collector reads is mutilated field by field.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class MutilatedFilesTest {

    /** Those that do not change from one look to the next, of the files of this tree alone. */
    private static final Set<String> NOT_FROM_FILES = Set.of("time", "process", "filesystem");

    private static final Pattern FIELD = Pattern.compile("[^\\s:=]+");

    /** Of a file with many fields so many, spread over all of it. */
    private static final int MOST_FIELDS = 12;

    private static final String[] MUTILATED = {
        "", "word", "-7", "18446744073709551615", "12.5.3", "\u0000", "99999999999999999999999"
    };

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path root;

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private List<Collector> collectors() {
        Kernel kernel = new Kernel(root);
        List<Collector> all = new ArrayList<>(NodeCollectors.of(kernel, threads, 1000));
        all.removeIf(collector -> NOT_FROM_FILES.contains(collector.name()));
        all.add(new FilesystemCollector(
                kernel, mount -> new FilesystemReading(1000, 400, 300, 50, 20), Runnable::run, 500));
        return all;
    }

    private static Map<String, Double> collect(Collector collector) throws IOException {
        return Samples.collect(List.of(collector)).values();
    }

    private Collector again(String name) {
        return collectors().stream()
                .filter(collector -> collector.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> changed(Map<String, Double> before, Map<String, Double> after) {
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(series -> Objects.equals(before.get(series), after.get(series)));
        return changed;
    }

    /** Which collectors read which file, found out by taking it away. */
    private Map<Path, List<String>> readers() throws IOException {
        Map<String, Map<String, Double>> before = new TreeMap<>();
        for (Collector collector : collectors()) {
            before.put(collector.name(), collect(collector));
        }
        Map<Path, List<String>> readers = new LinkedHashMap<>();
        for (Path file : files()) {
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            for (Collector collector : collectors()) {
                if (!changed(before.getOrDefault(collector.name(), Map.of()), collect(collector))
                        .isEmpty()) {
                    readers.computeIfAbsent(file, key -> new ArrayList<>()).add(collector.name());
                }
            }
            Files.write(file, content);
        }
        return readers;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void fieldThatCannotBeReadCostsNothingElse() throws Exception {
        MadeTree.make(root);
        Files.createDirectories(root.resolve("proc/1"));
        Files.writeString(
                root.resolve("proc/1/mounts"), "/dev/vda1 / ext4 rw 0 0\n/dev/vdb1 /srv xfs ro,noatime 0 0\n");
        Map<Path, List<String>> readers = readers();
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (Map.Entry<Path, List<String>> each : readers.entrySet()) {
            for (String collector : each.getValue()) {
                tried += mutilate(each.getKey(), collector, wrong);
            }
        }
        assertEquals(
                "",
                String.join("\n", wrong.subList(0, Math.min(40, wrong.size()))).replace('\0', '0'));
        assertTrue(readers.size() > 150 && tried > 500, readers.size() + " files, " + tried + " fields");
    }

    /** A field of a file, and the collector that reads it. */
    private record Field(Path file, String collector, String head, String text, String tail) {}

    private int mutilate(Path file, String collector, List<String> wrong) throws IOException {
        String text = Files.readString(file);
        Map<String, Double> before = collect(again(collector));
        List<MatchResult> fields = FIELD.matcher(text).results().toList();
        int step = Math.max(1, fields.size() / MOST_FIELDS);
        int count = 0;
        for (int index = 0; index < fields.size(); index += step) {
            MatchResult match = fields.get(index);
            mutilate(
                    new Field(
                            file,
                            collector,
                            text.substring(0, match.start()),
                            match.group(),
                            text.substring(match.end())),
                    before,
                    wrong);
            count++;
        }
        Files.delete(file);
        Map<String, Double> absent = collect(again(collector));
        Files.createDirectory(file); // Nobody can read one as a file, not even root.
        if (!changed(absent, collect(again(collector))).isEmpty()) {
            wrong.add(collector + " " + root.relativize(file) + " that cannot be read is not as one that is not there");
        }
        Files.delete(file);
        Files.writeString(file, text);
        return count;
    }

    private void mutilate(Field field, Map<String, Double> before, List<String> wrong) throws IOException {
        Set<String> depends = dependents(field, before);
        for (String bad : MUTILATED) {
            byte[] content = (field.head + bad + field.tail).getBytes(StandardCharsets.UTF_8);
            note(field, bad, lost(field, content, before, depends), wrong);
        }
        byte[] odd = (field.head + "\u00ff" + field.tail).getBytes(StandardCharsets.ISO_8859_1);
        note(field, "not UTF-8", lost(field, odd, before, depends), wrong);
        // Cut off in the middle of it: all that follows is lost, and nothing before.
        String lines = field.head.substring(0, field.head.lastIndexOf('\n') + 1);
        depends.addAll(changed(before, with(field, lines)));
        byte[] cut = (field.head + field.text.substring(0, field.text.length() / 2)).getBytes(StandardCharsets.UTF_8);
        note(field, "cut off", lost(field, cut, before, depends), wrong);
    }

    private void note(Field field, String what, Set<String> lost, List<String> wrong) {
        if (!lost.isEmpty()) {
            wrong.add(field.collector + " " + root.relativize(field.file) + " " + field.text + " <" + what + ">: "
                    + lost);
        }
    }

    private Set<String> lost(Field field, byte[] content, Map<String, Double> before, Set<String> depends)
            throws IOException {
        Files.write(field.file, content);
        Map<String, Double> after = collect(again(field.collector));
        Set<String> lost = new TreeSet<>(before.keySet()); // Under other labels there may be more than before.
        lost.removeIf(series -> Objects.equals(before.get(series), after.get(series)) || depends.contains(series));
        return lost;
    }

    private Map<String, Double> with(Field field, String content) throws IOException {
        Files.writeString(field.file, content);
        return collect(again(field.collector));
    }

    /** What changes with the value of a field, and, because a field that is empty moves all that follow, with theirs. */
    private Set<String> dependents(Field field, Map<String, Double> before) throws IOException {
        int end = field.tail.indexOf('\n') < 0 ? field.tail.length() : field.tail.indexOf('\n');
        Set<String> depends = new TreeSet<>();
        for (String other : List.of(other(field.text), "x" + field.text)) {
            depends.addAll(changed(before, with(field, field.head + other + field.tail)));
        }
        depends.addAll(changed(before, with(field, field.head + field.tail.substring(end))));
        String rest = field.tail.substring(0, end).replaceAll("[0-9]", "5");
        depends.addAll(changed(before, with(field, field.head + field.text + rest + field.tail.substring(end))));
        return depends;
    }

    private static String other(String field) {
        char last = field.charAt(field.length() - 1);
        return field.substring(0, field.length() - 1) + (Character.isDigit(last) ? (last == '1' ? '2' : '1') : '0');
    }
}
