package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One field, file or device that cannot be read costs only itself. Every file of a machine is mutilated field by field, and
 * every figure of every sampler that does not depend on that field must stay what it is. What a figure depends on is found by
 * changing the field to other values that are in order.
 */
@Tag("system")
class MutilatedFilesTest {

    private static final Path DESKTOP = Path.of("src/test/resources/kernel/mutilated.txt");
    private static final Pattern FIELD = Pattern.compile("(?<=\\s)/\\S*|[^\\s=/:,()]+");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
    private static final List<String> MUTILATED = List.of("word", "-5", "18446744073709551615", "\u00fc\ufffd", "");
    private static final byte[] NOT_UTF8 = {'\n', (byte) 0xff, (byte) 0xfe, ' ', (byte) 0xc3, '\n'};

    @TempDir
    private Path folder;

    @Test
    void oneFieldOfTheDesktopCostsOnlyItself() throws IOException {
        mutilate(Files.readString(DESKTOP), "");
    }

    @Test
    void oneFieldOfTheFrequencyDriverCostsOnlyItself() throws IOException {
        String cpufreq = """
                FILE sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq
                1200000
                FILE sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq
                2200000
                """;
        mutilate(Files.readString(DESKTOP) + cpufreq, "sys/devices/");
    }

    @Test
    void oneFieldOfTheOlderControlGroupsCostsOnlyItself() throws IOException {
        String version1 = """
                FILE proc/self/cgroup
                7:memory:/docker/abc
                4:cpu,cpuacct:/docker/abc
                FILE sys/fs/cgroup/cpu/docker/abc/cpu.cfs_quota_us
                200000
                FILE sys/fs/cgroup/cpu/docker/abc/cpu.cfs_period_us
                100000
                FILE sys/fs/cgroup/cpuacct/docker/abc/cpuacct.usage
                {5000000000}
                FILE sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes
                536870912
                FILE sys/fs/cgroup/memory/docker/abc/memory.usage_in_bytes
                200000000
                FILE sys/fs/cgroup/memory/docker/abc/memory.stat
                inactive_file 1
                total_inactive_file 50000000
                """;
        mutilate(version1, "");
    }

    /** Every file of the machine whose path begins so. */
    private void mutilate(String files, String start) throws IOException {
        MadeMachine machine = new MadeMachine(folder).add(files);
        List<String> faults = new ArrayList<>();
        int checked = 0;
        for (String path : machine.paths()) {
            if (path.startsWith(start)) {
                Mutilation mutilation = new Mutilation(machine, path);
                mutilation.fields();
                mutilation.wholeFile();
                faults.addAll(mutilation.faults);
                checked += mutilation.checked;
            }
        }
        assertEquals("", String.join("\n", faults.subList(0, Math.min(40, faults.size()))), faults.size() + " faults");
        assertTrue(checked > 20, "only " + checked + " figures were compared");
    }

    /** One file, in all the ways in which it can be mutilated. */
    private static final class Mutilation {
        private final MadeMachine machine;
        private final String path;
        private final String text;
        private final String later;
        private final List<MatchResult> fields;
        private final List<MatchResult> laterFields;
        private final List<String> samplers;
        private final Map<String, Object> whole;
        private final List<Set<String>> dependent = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();
        private int checked;

        Mutilation(MadeMachine machine, String path) throws IOException {
            this.machine = machine;
            this.path = path;
            this.text = machine.first(path);
            this.later = machine.later(path);
            this.fields = FIELD.matcher(text).results().toList();
            this.laterFields = FIELD.matcher(later).results().toList();
            this.samplers = MadeMachine.samplersOf(path);
            assertTrue(!samplers.isEmpty(), path);
            this.whole = figures(text, later);
            for (int index = 0; index < fields.size(); index++) {
                dependent.add(dependsOn(index));
            }
        }

        /** What the samplers show at their second sample. */
        private Map<String, Object> figures(String first, String second) throws IOException {
            return machine.figures(
                    samplers,
                    path,
                    () -> machine.write(path, MadeMachine.bytes(first)),
                    () -> machine.write(path, MadeMachine.bytes(second)));
        }

        /** Other valid values: at both samples, and, where counters are, only at the second. */
        private Set<String> dependsOn(int index) throws IOException {
            String value = fields.get(index).group();
            boolean number = NUMBER.matcher(value).matches();
            List<String> others = path.startsWith("proc/net/tcp")
                    ? List.of("01", "06")
                    : number ? numbers(value) : List.of("zz", "up");
            Set<String> differing = new HashSet<>();
            for (String other : others) {
                String second = replaced(later, laterFields.get(index), other);
                if (!number || !machine.hasCounters(path)) {
                    differing.addAll(differing(figures(replaced(text, fields.get(index), other), second)));
                }
                if (machine.hasCounters(path)) {
                    differing.addAll(differing(figures(text, second)));
                }
            }
            return differing;
        }

        private static List<String> numbers(String value) {
            double number = Double.parseDouble(value);
            return value.contains(".")
                    ? List.of(Double.toString(number + 7.5), "1.0")
                    : List.of(Long.toString((long) Math.min(1e15, number * 2 + 1_000_003)), "1", "0");
        }

        private Set<String> differing(Map<String, Object> figures) {
            Set<String> differing = new HashSet<>();
            whole.forEach((figure, value) -> {
                if (!value.equals(figures.get(figure))) {
                    differing.add(figure);
                }
            });
            return differing;
        }

        private static String replaced(String text, MatchResult place, String other) {
            return text.substring(0, place.start()) + other + text.substring(place.end());
        }

        /** Each field: at both samples, and, of counters, only at the second. */
        void fields() throws IOException {
            for (int index = 0; index < fields.size(); index++) {
                MatchResult field = fields.get(index);
                for (String broken : MUTILATED) {
                    // Without it the ones behind it are taken for their neighbours.
                    Set<String> allowed = broken.isEmpty() ? ofLine(index) : dependent.get(index);
                    String second = replaced(later, laterFields.get(index), broken);
                    String how = field.group() + " -> '" + broken + "' ";
                    compare(how + "for good", figures(replaced(text, field, broken), second), allowed);
                    if (machine.hasCounters(path)) {
                        compare(how + "for once", figures(text, second), allowed);
                    }
                }
                String cut = text.substring(0, field.start());
                String laterCut = later.substring(0, laterFields.get(index).start());
                compare("cut off before " + field.group(), figures(cut, laterCut), from(index));
            }
        }

        private Set<String> ofLine(int index) {
            Set<String> figures = new HashSet<>();
            int start = text.lastIndexOf('\n', fields.get(index).start());
            int end = text.indexOf('\n', fields.get(index).start());
            for (int other = 0; other < fields.size(); other++) {
                int at = fields.get(other).start();
                if (at > start && (end < 0 || at < end)) {
                    figures.addAll(dependent.get(other));
                }
            }
            return figures;
        }

        /** Of the line that is cut, and of all behind it. */
        private Set<String> from(int index) {
            Set<String> figures = ofLine(index);
            dependent.subList(index, dependent.size()).forEach(figures::addAll);
            if (path.startsWith("proc/") && path.endsWith("/stat")) {
                // A line without a name is no process: its row goes as a whole, with the owner, which is that of the
                // folder.
                figures.add("processes > " + path.split("/", -1)[1] + " > user");
            }
            return figures;
        }

        /** Gone, not to be read, empty, and nothing but bytes that are not UTF-8. */
        void wholeFile() throws IOException {
            Set<String> all = fields.isEmpty() ? Set.of() : from(0);
            compare("empty", figures("", ""), all);
            if (!path.endsWith(
                    "/cgroup.controllers")) { // That it is there tells the version: without it this is another machine.
                compare("gone", figures(() -> machine.delete(path)), all);
            }
            compare("unreadable", figures(() -> machine.makeUnreadable(path)), all);
            compare("not UTF-8", figures(() -> machine.write(path, NOT_UTF8)), all);
            machine.write(path, MadeMachine.bytes(text));
        }

        private Map<String, Object> figures(MadeMachine.Change change) throws IOException {
            return machine.figures(samplers, path, change, change);
        }

        private void compare(String how, Map<String, Object> figures, Set<String> allowed) {
            whole.forEach((figure, value) -> {
                if (!allowed.contains(figure)) {
                    checked++;
                    if (!Objects.equals(value, figures.get(figure))) {
                        faults.add(path + ": " + how + ": " + figure + " was " + value + ", is " + figures.get(figure));
                    }
                }
            });
        }
    }
}
