package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page, held against the command line. */
class ManPageTest {

    private static final Path PAGE = Path.of("src/main/packaging/pulseboard.1");

    @Test
    void everyOptionAndSubcommandIsInTheManPage() throws IOException {
        String page = Files.readString(PAGE);
        List<String> missing = new ArrayList<>();
        addMissing(Main.commandLine(Deployment.BOARDS), page, missing);
        assertEquals(List.of(), missing);
    }

    private static void addMissing(CommandLine command, String page, List<String> missing) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (option.hidden()) { // The program's own, for a child of it.
                continue;
            }
            for (String name : option.names()) {
                // In the page, ".Fl" puts the first dash.
                if (!page.matches("(?s).*Fl " + name.substring(1) + "\\b.*")) {
                    missing.add(command.getCommandName() + " " + name);
                }
            }
        }
        command.getSubcommands().forEach((name, subcommand) -> {
            if (subcommand.getCommandSpec().usageMessage().hidden()) {
                return;
            }
            if (!page.contains(".It Cm " + name + "\n")) {
                missing.add(name);
            }
            addMissing(subcommand, page, missing);
        });
    }

    @Test
    void everySubcommandIsInTheSettingsPage() throws IOException {
        String page = Files.readString(Path.of("docs/settings.md"));
        List<String> missing = new ArrayList<>();
        addMissing("pulseboard", Main.commandLine(Deployment.BOARDS), page, missing);
        assertEquals(List.of(), missing);
    }

    /** One with subcommands is there by each of them. */
    private static void addMissing(String path, CommandLine command, String page, List<String> missing) {
        command.getSubcommands().forEach((name, subcommand) -> {
            if (subcommand.getCommandSpec().usageMessage().hidden()) {
                return;
            }
            if (!page.matches("(?s).*\n" + path + " ([a-z|]+\\|)?" + name + "[ |\n].*")) {
                missing.add(path + " " + name);
            }
            addMissing(path + " " + name, subcommand, page, missing);
        });
    }

    @Test
    void everyFileThatTheServiceUsesIsInTheManPage() throws IOException {
        String page = Files.readString(PAGE);
        for (String path : List.of(
                "/etc/pulseboard/pulseboard.yaml",
                "/etc/default/pulseboard",
                "/usr/share/pulseboard",
                "/var/lib/pulseboard",
                "/var/log/pulseboard",
                "/var/cache/pulseboard")) {
            assertTrue(page.contains(".It Pa " + path + "\n"), path);
        }
    }
}
