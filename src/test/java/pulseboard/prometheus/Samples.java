package pulseboard.prometheus;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text in Prometheus's format says.
 *
 * @param values by series: the name and its labels in order
 * @param types by family
 */
public record Samples(Map<String, Double> values, Map<String, String> types) {

    private static final Pattern SAMPLE = Pattern.compile("([\\w:]+)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("\\w+=\"(?:[^\"\\\\]|\\\\.)*\"");

    /** Reads a text. */
    public static Samples parse(String text) {
        Samples samples = new Samples(new TreeMap<>(), new TreeMap<>());
        text.lines().forEach(line -> {
            if (line.startsWith("# TYPE ")) {
                samples.types.put(line.split(" ", -1)[2], line.split(" ", -1)[3]);
            } else if (!line.startsWith("#")) {
                samples.addSample(line);
            }
        });
        return samples;
    }

    private void addSample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        TreeSet<String> labels = new TreeSet<>();
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
            labels.add(label.group());
        }
        String value = sample.group(3).replace("Inf", "Infinity");
        if (values.put(sample.group(1) + labels, Double.valueOf(value)) != null) {
            throw new AssertionError("twice: " + line);
        }
    }

    /** What a server tells. */
    public static Samples fetch(String url) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        return parse(answer.body());
    }

    /** What these collectors find now; what one of them does not report is missing. */
    public static Samples collect(List<Collector> collectors) throws IOException {
        List<MetricFamily> all = new ArrayList<>();
        for (Collector collector : collectors) {
            Families families = new Families();
            try {
                collector.collect(families);
            } catch (IOException none) {
                // Not every machine has everything; what was found before stays.
            }
            all.addAll(families.snapshot());
        }
        return of(all);
    }

    /** What these say in the text format. */
    public static Samples of(List<MetricFamily> families) {
        return parse(new String(TextFormat.write(families, false), StandardCharsets.UTF_8));
    }

    /** The value of a series that is there. */
    public double value(String series) {
        Double value = values.get(series);
        if (value == null) {
            throw new AssertionError("there is no " + series);
        }
        return value;
    }

    /** Only the series whose name starts like this. */
    public Samples named(String prefix) {
        Map<String, Double> chosen = new TreeMap<>(values);
        chosen.keySet().removeIf(series -> !series.startsWith(prefix));
        Map<String, String> chosenTypes = new TreeMap<>(types);
        chosenTypes.keySet().removeIf(family -> !family.startsWith(prefix));
        return new Samples(chosen, chosenTypes);
    }

    /** Without series that match. */
    public Samples without(String pattern) {
        Map<String, Double> chosen = new TreeMap<>(values);
        chosen.keySet().removeIf(series -> series.matches(pattern));
        Map<String, String> chosenTypes = new TreeMap<>(types);
        chosenTypes.keySet().removeIf(family -> family.matches(pattern));
        return new Samples(chosen, chosenTypes);
    }
}
