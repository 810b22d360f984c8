package pulseboard.board.uploads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import pulseboard.DocsTable;
import pulseboard.feed.RuleInfo;

class UploadsRulesTest {

    private static String level(RuleInfo rule) {
        return !rule.info().isEmpty() ? "info" : rule.critical().isEmpty() ? "warning" : "critical";
    }

    @Test
    void pageListsThemWithTheirLevel() throws IOException {
        List<String> listed = DocsTable.rows("docs/boards/uploads.md", "rule", "level").stream()
                .map(cells -> cells.get(0) + " " + cells.get(1))
                .toList();
        assertEquals(
                UploadsRules.ALL.stream()
                        .map(rule -> rule.name() + " " + level(rule))
                        .toList(),
                listed);
    }
}
