package pulseboard;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a YAML file of settings: groups of names and values, as {@code --print-config} prints them. */
final class SettingsFile {

    private SettingsFile() {}

    /**
     * Applies a file.
     *
     * @throws UserMistake when it cannot be read or does not hold settings
     */
    static void apply(Path file, Settings settings) {
        Object tree = parse(file, readText(file));
        if (tree == null) {
            return;
        }
        if (!(tree instanceof Map<?, ?> groups)) {
            throw new UserMistake(file + ": expected groups of settings such as \"web:\", not " + tree);
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
            throw new UserMistake("--config: no permission to read " + file);
        } catch (CharacterCodingException e) {
            throw new UserMistake("--config: " + file + " is not a UTF-8 text file");
        } catch (IOException e) {
            throw new UserMistake("--config: cannot read " + file + ": " + e.getMessage());
        }
    }

    private static Object parse(Path file, String text) {
        try {
            return new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            String where =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw new UserMistake(file + where + ": not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new UserMistake(file + ": not valid YAML: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
