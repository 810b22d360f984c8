package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.NearestName;

/**
 * The files {@code *.yaml} of one folder, which hold rules and what the messenger goes by. One that is wrong counts as it was when
 * it was right last. Blocks while it reads; used by one thread at a time.
 */
final class RuleFiles {

    /** Sections that are not ours. */
    static final List<String> OF_MESSAGES = List.of("channels", "people", "routes", "quietHours", "maintenance");

    private static final String RULES = "rules";
    private static final List<String> SECTIONS =
            Stream.concat(Stream.of(RULES), OF_MESSAGES.stream()).toList();
    private static final int MOST_FILES = 100;
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_RULES = 1_000;

    /**
     * One rule of a file.
     *
     * @param file its name
     * @param json as it stands there
     * @param marks where
     */
    record FileRule(String file, JsonObject json, Marks marks) {}

    /**
     * All files together.
     *
     * @param rules those of all files; of the same name the first counts
     * @param messages the sections {@code channels}, {@code people}, {@code routes}, {@code quietHours} and {@code maintenance}
     * @param problems what is wrong, with file, line, column and how to mend it
     */
    record Loaded(List<FileRule> rules, JsonObject messages, List<JsonObject> problems) {

        static final Loaded NOTHING = new Loaded(List.of(), new JsonObject(), List.of());
    }

    /** What a file looks like from outside. */
    private record Print(long modified, long size, @Nullable Object key) {}

    private record Good(List<FileRule> rules, JsonObject messages) {}

    private final @Nullable Path folder;
    private Map<String, Print> prints = new TreeMap<>();
    private final Map<String, Good> good = new TreeMap<>();

    /** Reads nothing yet; an empty name is no folder. */
    RuleFiles(String folder) {
        this.folder = folder.isEmpty() ? null : Path.of(folder).toAbsolutePath();
    }

    /** Whether there is any place where files may be. */
    boolean haveFolder() {
        return folder != null;
    }

    /** All files anew if one of them has changed, come or gone since this was asked before. */
    Optional<Loaded> changed() {
        return folder == null ? Optional.empty() : changed(folder);
    }

    private Optional<Loaded> changed(Path folder) {
        List<JsonObject> problems = new ArrayList<>();
        Map<String, Print> now = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
            for (Path file : files) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                now.put(
                        String.valueOf(file.getFileName()),
                        new Print(attributes.lastModifiedTime().toMillis(), attributes.size(), attributes.fileKey()));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Nobody has to have any.
        } catch (IOException e) {
            problems.add(problem(folder.toString(), new WrongRule("cannot be read: " + e, 0, "see its permissions")));
            now.put("", new Print(0, 0, e.toString()));
        }
        if (now.equals(prints)) {
            return Optional.empty();
        }
        prints = now;
        good.keySet().retainAll(now.keySet());
        now.keySet().stream()
                .filter(name -> !name.isEmpty())
                .limit(MOST_FILES)
                .forEach(name -> read(folder.resolve(name), problems));
        return Optional.of(joined(problems));
    }

    private void read(Path file, List<JsonObject> problems) {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new WrongRule("the file is larger than 1 MiB", 0, "split it");
            }
            good.put(name, good(name, YamlTree.of(Files.readString(file))));
        } catch (WrongRule wrong) {
            problems.add(problem(name, wrong));
        } catch (CharacterCodingException e) {
            problems.add(problem(name, new WrongRule("it is no UTF-8 text", 0, "save it as UTF-8")));
        } catch (IOException e) {
            problems.add(problem(name, new WrongRule("it cannot be read: " + e, 0, "see its permissions")));
        }
    }

    private static JsonObject problem(String file, WrongRule wrong) {
        return wrong.toJson().put("file", file);
    }

    private static Good good(String name, YamlTree tree) {
        JsonObject messages = new JsonObject();
        List<FileRule> rules = new ArrayList<>();
        for (String section : tree.json().fieldNames()) {
            if (!SECTIONS.contains(section)) {
                WrongRule wrong = new WrongRule(
                        "there is no section \"" + section + "\"",
                        0,
                        "the nearest is " + NearestName.to(section, SECTIONS));
                throw tree.marks().place(wrong, tree.json(), section);
            }
            Object value = tree.json().getValue(section);
            if (section.equals(RULES)) {
                rules.addAll(rules(name, tree, value));
            } else if (value instanceof JsonObject || value instanceof JsonArray) {
                messages.put(section, value);
            } else if (!"".equals(value)) {
                WrongRule wrong =
                        new WrongRule(section + " is only a text", 0, "write a list, or names with what they are");
                throw tree.marks().place(wrong, tree.json(), section);
            }
        }
        return new Good(rules, messages);
    }

    private static List<FileRule> rules(String name, YamlTree tree, @Nullable Object value) {
        List<FileRule> rules = new ArrayList<>();
        if ("".equals(value)) {
            return rules;
        }
        if (!(value instanceof JsonArray list) || list.size() > MOST_RULES) {
            WrongRule wrong = new WrongRule("rules is no list of at most " + MOST_RULES, 0, "write - name: … for each");
            throw tree.marks().place(wrong, tree.json(), RULES);
        }
        for (Object each : list) {
            if (!(each instanceof JsonObject rule)) {
                WrongRule wrong =
                        new WrongRule("a rule is only a text", 0, "write - name: … and what it watches below");
                throw tree.marks().place(wrong, tree.json(), RULES);
            }
            RuleReader.check(rule, tree.marks());
            rules.add(new FileRule(name, rule, tree.marks()));
        }
        return rules;
    }

    private Loaded joined(List<JsonObject> problems) {
        Map<String, FileRule> rules = new TreeMap<>();
        JsonObject messages = new JsonObject();
        good.forEach((file, each) -> {
            for (FileRule rule : each.rules) {
                FileRule first = rules.putIfAbsent(rule.json.getString("name"), rule);
                if (first != null) {
                    WrongRule wrong = new WrongRule(
                            "the rule " + rule.json.getString("name") + " is also in " + first.file,
                            0,
                            "leave one out; the one there counts");
                    problems.add(problem(file, rule.marks.place(wrong, rule.json, "name")));
                }
            }
            each.messages.forEach(section -> join(messages, section.getKey(), section.getValue()));
        });
        return new Loaded(List.copyOf(rules.values()), messages, List.copyOf(problems));
    }

    /** Lists of several files are one, and so are groups of names; of the same name the first counts. */
    private static void join(JsonObject all, String section, Object value) {
        Object before = all.getValue(section);
        if (before instanceof JsonArray list && value instanceof JsonArray more) {
            list.addAll(more);
        } else if (before instanceof JsonObject object && value instanceof JsonObject more) {
            more.forEach(member -> object.getMap().putIfAbsent(member.getKey(), member.getValue()));
        } else if (before == null) {
            all.put(section, value instanceof JsonArray list ? list.copy() : ((JsonObject) value).copy());
        }
    }
}
