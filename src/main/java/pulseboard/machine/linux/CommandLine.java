package pulseboard.machine.linux;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The program that an interpreter runs, from {@code /proc/PID/cmdline}. Command lines hold passwords and tokens, so nothing of them
 * goes further but the name of a script, of a jar or of a main class: where an option is not known, it might have a value, and
 * nothing is said.
 */
final class CommandLine {

    /** A main class has a package; a name without dots may be anything. */
    private static final Pattern CLASS = Pattern.compile("[\\p{L}_$][\\w$]*[./][\\w$./]+");

    private static final Pattern MODULE = Pattern.compile("[A-Za-z_][\\w.]*");
    private static final Pattern SCRIPT = Pattern.compile("[\\p{L}\\p{N}_.@+ -]{1,64}");

    private static final Set<String> JAVA_WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--add-opens",
            "--add-exports",
            "--add-reads",
            "--add-modules",
            "--limit-modules",
            "--patch-module",
            "--upgrade-module-path",
            "--enable-native-access");

    /** Options without a value that come before scripts, by interpreter; what ends here with = has its value behind it. */
    private static final Map<String, Set<String>> WITHOUT_VALUE = Map.of(
            "python",
                    Set.of(
                            "-u", "-s", "-S", "-E", "-I", "-B", "-O", "-OO", "-b", "-bb", "-d", "-v", "-q", "-x", "-P",
                            "-Es"),
            "node",
                    Set.of(
                            "--inspect",
                            "--enable-source-maps",
                            "--expose-gc",
                            "--no-warnings",
                            "--max-old-space-size=",
                            "--max-semi-space-size=",
                            "--inspect=",
                            "--stack-size=",
                            "--trace-warnings",
                            "--use-openssl-ca"),
            "perl", Set.of("-w", "-W", "-T", "-t", "-X"),
            "ruby", Set.of("-w", "-W", "-W0", "-W1", "-W2", "--yjit", "--jit", "--disable-gems"),
            "php", Set.of("-q", "-n"),
            "sh",
                    Set.of(
                            "-e",
                            "-u",
                            "-x",
                            "-v",
                            "-l",
                            "-i",
                            "-ex",
                            "-eu",
                            "-xe",
                            "-ue",
                            "-eux",
                            "-exu",
                            "--login",
                            "--posix",
                            "--noprofile",
                            "--norc",
                            "-p"));

    private static final Map<String, String> INTERPRETERS = Map.ofEntries(
            Map.entry("java", "java"),
            Map.entry("python", "python"),
            Map.entry("pypy", "python"),
            Map.entry("node", "node"),
            Map.entry("nodejs", "node"),
            Map.entry("perl", "perl"),
            Map.entry("ruby", "ruby"),
            Map.entry("php", "php"),
            Map.entry("php-cgi", "php"),
            Map.entry("sh", "sh"),
            Map.entry("bash", "sh"),
            Map.entry("dash", "sh"),
            Map.entry("zsh", "sh"),
            Map.entry("ash", "sh"),
            Map.entry("ksh", "sh"));

    private CommandLine() {}

    /** The program; empty where no interpreter runs one, or it cannot be told for certain. */
    static String program(String cmdline) {
        List<String> words = List.of(cmdline.split("\0", -1));
        String interpreter = INTERPRETERS.get(withoutVersion(baseName(words.get(0))));
        if (interpreter == null) {
            return "";
        }
        List<String> arguments = words.subList(1, words.size());
        return interpreter.equals("java") ? java(arguments) : script(interpreter, arguments);
    }

    private static String java(List<String> arguments) {
        for (int index = 0; index < arguments.size() - 1; index++) {
            String argument = arguments.get(index);
            if (argument.equals("-jar")) {
                return fileName(arguments.get(index + 1));
            } else if (argument.equals("-m") || argument.equals("--module")) {
                return matching(CLASS, arguments.get(index + 1));
            } else if (JAVA_WITH_VALUE.contains(argument)) {
                index++;
            } else if (!argument.startsWith("-") && !argument.startsWith("@")) {
                return matching(CLASS, argument);
            }
        }
        return "";
    }

    private static String script(String interpreter, List<String> arguments) {
        Set<String> known = WITHOUT_VALUE.getOrDefault(interpreter, Set.of());
        for (int index = 0; index < arguments.size() - 1; index++) {
            String argument = arguments.get(index);
            if (interpreter.equals("python") && argument.equals("-m")) {
                return matching(MODULE, arguments.get(index + 1));
            } else if (!argument.startsWith("-")) {
                return argument.indexOf('/') >= 0 || argument.indexOf('.') > 0 ? fileName(argument) : "";
            } else if (!known.contains(argument) && !known.contains(argument.replaceFirst("=.*", "="))) {
                return "";
            }
        }
        return "";
    }

    private static String fileName(String path) {
        String name = matching(SCRIPT, baseName(path));
        return name.chars().anyMatch(Character::isLetter) ? name : ""; // Not the 3 of /proc/self/fd/3.
    }

    /** {@code python} for {@code python3.11}. */
    private static String withoutVersion(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || Character.isDigit(name.charAt(end - 1)))) {
            end--;
        }
        return name.substring(0, end);
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String matching(Pattern pattern, String text) {
        return pattern.matcher(text).matches() ? text : "";
    }
}
