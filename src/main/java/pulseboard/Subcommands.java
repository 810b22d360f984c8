package pulseboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import pulseboard.install.Install;
import pulseboard.install.Uninstall;

/**
 * The subcommands of the program, by their names. To make them all takes longer than to start Java, and has the classes in memory that
 * they name, so that a start makes those that it needs.
 */
final class Subcommands {

    private static final List<Class<?>> ALL = List.of(
            TopCommand.class,
            AgentCommand.class,
            JoinCommand.class,
            LeaveCommand.class,
            FleetCommand.class,
            CheckCommand.class,
            S3Command.class,
            UploadsCommand.class,
            LabCommand.class,
            SyncCommand.class,
            UserCommand.class,
            TokenCommand.class,
            Install.class,
            Uninstall.class);

    private Subcommands() {}

    static Map<String, Object> all(List<Board<?>> boards) {
        Map<String, Object> all = new LinkedHashMap<>();
        ALL.forEach(each -> all.put(
                Objects.requireNonNull(each.getAnnotation(Command.class)).name(), each));
        all.put("work", new WorkCommand(boards));
        return all;
    }

    /**
     * The one that is asked for; none, where the arguments are good without; else all, so that help and messages know them.
     *
     * @param alone the program without any; it is not to be used for anything else
     */
    static Map<String, Object> neededFor(CommandLine alone, String[] arguments, List<Board<?>> boards) {
        Map<String, Object> all = all(boards);
        if (arguments.length > 0 && all.containsKey(arguments[0])) {
            all.keySet().retainAll(Set.of(arguments[0]));
        } else if (isGood(alone, arguments)) {
            all.clear();
        }
        return all;
    }

    private static boolean isGood(CommandLine alone, String[] arguments) {
        try {
            return !alone.parseArgs(arguments).isUsageHelpRequested();
        } catch (ParameterException e) {
            return false;
        }
    }

    static CommandLine addTo(CommandLine program, Map<String, Object> subcommands) {
        subcommands.values().forEach(program::addSubcommand);
        return program;
    }
}
