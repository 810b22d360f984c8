package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import pulseboard.board.host.HostRules;
import pulseboard.feed.RuleInfo;

/** The rules that docs/alerts.md lists are those that there are. */
class AlertsDocTest {

    private static String row(RuleInfo rule) {
        return rule.name() + ": " + rule.watch() + " | "
                + (rule.info().isEmpty() ? cell(rule.warning()) : "info: " + rule.info()) + " | "
                + cell(rule.critical());
    }

    private static String cell(String condition) {
        return condition.isEmpty() ? "-" : condition;
    }

    @Test
    void everyRuleHasItsRow() throws IOException {
        List<String> rows = DocsTable.rows("docs/alerts.md", "rule", "warning", "critical").stream()
                .map(cells -> String.join(" | ", cells))
                .toList();
        assertEquals(HostRules.ALL.stream().map(AlertsDocTest::row).toList(), rows);
    }
}
