package pulseboard;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a YAML file of settings: groups of names and values, as {@code --print-config} prints them. */
final class SettingsFile {

    /** Groups, names and lists are three. */
    private static final int MOST_LEVELS = 8;

    private SettingsFile() {}

    /**
     * Applies a file.
     *
     * @throws UserMistake when it cannot be read or does not hold settings
     */
    static void apply(Path file, Settings settings) {
        Object tree = parse(file.toString(), readText(file));
        if (tree == null) {
            return;
        }
        if (!(tree instanceof Map<?, ?> groups)) {
            // What is there instead may be a secret.
            throw new UserMistake(file + ": expected groups of settings such as \"web:\", not "
                    + (tree instanceof List ? "a list" : "a text"));
        }
        groups.forEach((group, members) -> {
            if (members instanceof Map<?, ?> map) {
                map.forEach((name, value) -> settings.set(group + "." + name, value, file.toString()));
            } else if (members != null) {
                settings.set(String.valueOf(group), members, file.toString());
            }
        });
    }

    private static String readText(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UserMistake("--config: there is no file " + file);
        } catch (AccessDeniedException e) {
            throw new UserMistake(
                    "--config: no permission to read " + file + "; run it as root or as the user of the service");
        } catch (CharacterCodingException e) {
            throw new UserMistake("--config: " + file + " is not a UTF-8 text file");
        } catch (IOException e) {
            throw new UserMistake("--config: cannot read " + file + ": " + e.getMessage());
        }
    }

    /** What a text says, of which this is the name for people. */
    static Object parse(String file, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            requireShallow(file, new Parse(settings).parseString(text));
            return new Load(settings).loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            String where =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            String problem = String.valueOf(e.getProblem());
            String mend = problem.contains("duplicate key") ? "; put what is below both into one group" : "";
            throw new UserMistake(file + where + ": not valid YAML: " + problem + mend);
        } catch (YamlEngineException e) {
            throw new UserMistake(file + ": not valid YAML: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** Before the file is loaded: that goes down by one call for each level, until there is no stack left. */
    private static void requireShallow(String file, Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > MOST_LEVELS) {
                String line = event.getStartMark()
                        .map(mark -> ":" + (mark.getLine() + 1))
                        .orElse("");
                throw new UserMistake(file + line + ": more than " + MOST_LEVELS
                        + " levels; settings are groups of names and values");
            }
        }
    }
}
