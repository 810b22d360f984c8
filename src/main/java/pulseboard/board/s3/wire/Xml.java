package pulseboard.board.s3.wire;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** What servers write. Documents with a DTD, which could name files or be made to grow, are not read. */
final class Xml {

    private static final XMLInputFactory FACTORY = factory();

    private Xml() {}

    private static XMLInputFactory factory() {
        XMLInputFactory made = XMLInputFactory.newDefaultFactory();
        made.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        made.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        made.setProperty(XMLInputFactory.IS_COALESCING, true);
        return made;
    }

    /** The text of the first element of this name; empty where there is none, or no XML at all. */
    static String text(Buffer document, String element) {
        try {
            List<Map<String, String>> all = groups(document, "");
            return all.get(0).getOrDefault(element, "");
        } catch (S3Failure e) {
            return "";
        }
    }

    /** A page of a listing. */
    static ListPage page(Buffer document) throws S3Failure {
        List<Map<String, String>> all = groups(document, "Contents");
        Map<String, String> head = all.get(0);
        boolean isEncoded = "url".equals(head.get("EncodingType"));
        List<ListedObject> objects = new ArrayList<>(all.size());
        for (Map<String, String> each : all.subList(1, all.size())) {
            String key = each.getOrDefault("Key", "");
            objects.add(new ListedObject(
                    isEncoded ? URLDecoder.decode(key, StandardCharsets.UTF_8) : key,
                    number(each.get("Size")),
                    S3Answer.unquoted(each.get("ETag"))));
        }
        boolean hasMore = "true".equals(head.get("IsTruncated"));
        String token = head.getOrDefault("NextContinuationToken", "");
        if (hasMore && token.isEmpty()) {
            throw new S3Failure("badAnswer", "the server cuts its list and does not say how to go on", null);
        }
        return new ListPage(objects, hasMore ? token : null);
    }

    /** Parts of an upload by their numbers, as far as this page goes; the highest number is where the next one begins. */
    static Map<Integer, PartInfo> parts(Buffer document) throws S3Failure {
        Map<Integer, PartInfo> parts = new TreeMap<>();
        List<Map<String, String>> all = groups(document, "Part");
        for (Map<String, String> each : all.subList(1, all.size())) {
            parts.put(
                    (int) number(each.get("PartNumber")),
                    new PartInfo(S3Answer.unquoted(each.get("ETag")), number(each.get("Size"))));
        }
        return parts;
    }

    /** What a server says that it could not delete, by key. */
    static Map<String, String> failures(Buffer document) throws S3Failure {
        Map<String, String> failures = new HashMap<>();
        List<Map<String, String>> all = document.length() == 0 ? List.of(Map.of()) : groups(document, "Error");
        for (Map<String, String> each : all.subList(1, all.size())) {
            failures.put(
                    each.getOrDefault("Key", ""),
                    each.getOrDefault("Code", "") + ": " + each.getOrDefault("Message", ""));
        }
        return failures;
    }

    /** Whether XML can hold it as it is: control characters it cannot, and ends of lines it changes. */
    static boolean isText(String text) {
        return text.codePoints()
                .allMatch(each -> each >= 0x20
                        && each != 0x7f
                        && each != 0xfffe
                        && each != 0xffff
                        && (each < 0xd800 || each > 0xdfff));
    }

    /** As the text of an element. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static long number(@Nullable String text) throws S3Failure {
        try {
            return Long.parseLong(String.valueOf(text));
        } catch (NumberFormatException e) {
            throw new S3Failure("badAnswer", "the server's list has “" + text + "” for a number", e);
        }
    }

    /** The texts of elements by name: first of those outside of groups of this name, then of each group. The first of a name counts. */
    private static List<Map<String, String>> groups(Buffer document, String group) throws S3Failure {
        List<Map<String, String>> all = new ArrayList<>(List.of(new HashMap<>()));
        try {
            XMLStreamReader reader =
                    FACTORY.createXMLStreamReader(new ByteArrayInputStream(document.getBytes()), "UTF-8");
            Map<String, String> into = all.get(0);
            StringBuilder text = new StringBuilder();
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        text.setLength(0);
                        if (reader.getLocalName().equals(group)) {
                            into = new HashMap<>();
                            all.add(into);
                        }
                    }
                    case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
                    case XMLStreamConstants.DTD -> throw new XMLStreamException("a DTD");
                    case XMLStreamConstants.END_ELEMENT -> {
                        if (reader.getLocalName().equals(group)) {
                            into = all.get(0);
                        } else {
                            into.putIfAbsent(reader.getLocalName(), text.toString());
                        }
                        text.setLength(0);
                    }
                    default -> {}
                }
            }
            return all;
        } catch (XMLStreamException e) {
            throw new S3Failure(
                    "badAnswer", "the server answers with something that is no XML; is it an S3 server?", e);
        }
    }
}
