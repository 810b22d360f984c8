package pulseboard;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import pulseboard.feed.NearestName;

/** What is wrong with the arguments of a command, in words. */
final class Arguments {

    private static final int MOST_CHARACTERS = 60;

    private Arguments() {}

    /** One line; of what is unknown it names the first, and what is nearest to it. */
    static String mistake(ParameterException mistake) {
        if (!(mistake instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return String.valueOf(mistake.getMessage());
        }
        String given = unmatched.getUnmatched().get(0);
        String shown = given.length() > MOST_CHARACTERS ? given.substring(0, MOST_CHARACTERS) + "…" : given;
        CommandSpec command = mistake.getCommandLine().getCommandSpec();
        boolean isOption = given.startsWith("-");
        List<String> names = new ArrayList<>(
                isOption ? command.optionsMap().keySet() : command.subcommands().keySet());
        String nearest = NearestName.closeTo(given.replaceFirst("=.*", ""), names);
        return (isOption ? "there is no option " : names.isEmpty() ? "too much is said: " : "there is no command ")
                + shown
                + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?");
    }
}
