package pulseboard.board.uploads;

import java.util.List;
import pulseboard.feed.RuleInfo;

/** When an uploader or an account is not well. {@code docs/boards/uploads.md} lists them. */
final class UploadsRules {

    static final List<RuleInfo> ALL = List.of(
            RuleInfo.of(
                            "upload-session-failed",
                            "uploaders.*.lastSession.phase",
                            "the last upload session of {{key}} has failed: {{reason}}")
                    .alarms("is failed")
                    .helps(
                            "The card of {{key}} has the errors. What is mended there is over with the next session: Start."),
            RuleInfo.of(
                            "rclone-lost",
                            "uploaders.*.phase",
                            "rclone of {{key}} is lost: it has died, or does not answer")
                    .alarms("is lost")
                    .helps(
                            "What arrived is counted, and the rest goes on by itself. If it comes again and again: is memory short, does"
                                    + " something kill rclone, what does rclone.out in its folder say?"),
            RuleInfo.of(
                            "upload-folder-unknown",
                            "uploaders.*.queue.trouble",
                            "{{key}} cannot tell what waits: {{value}}")
                    .warns("present for 5m")
                    .helps(
                            "Nothing is uploaded meanwhile. Is the disk mounted, may the user of pulseboard work read the folder (uploads.uploaders.NAME.source), is rclone installed?"),
            RuleInfo.of(
                            "upload-accounts-exhausted",
                            "uploaders.*.accounts.ready",
                            "no account of {{key}} takes more: their quotas are used up, or they rest")
                    .warns("is 0 for 10s")
                    .unless("uploaders.*.queue.files below 1")
                    .helps(
                            "It goes on when the first one gets bytes back, which the board says; more accounts upload more a day."),
            RuleInfo.of(
                            "upload-failed",
                            "uploaders.*.files.failed",
                            "{{key}} could not upload all files ({{value}} failed)")
                    .warns("above 0")
                    .unless("uploaders.*.lastSession.phase is failed")
                    .helps("The board of uploads says why; a later session tries them again."),
            RuleInfo.of(
                            "file-too-large",
                            "uploaders.*.queue.tooLargeFiles",
                            "{{key}} has files that no account takes ({{value}})")
                    .warns("above 0")
                    .helps("Give an account a larger quota (uploads.accounts), or leave them out (exclude)."),
            RuleInfo.of(
                            "upload-stalled",
                            "uploaders.*.errors.byCode.stalled",
                            "{{key}} stalled: no byte moved ({{value}} stopped)")
                    .warns("above 0")
                    .helps("The remote, or the way to it, stands still; the files are tried again."),
            RuleInfo.of("account-suspended", "accounts.*.status", "the account {{name}} rests: {{reason}}")
                    .warns("is suspended")
                    .helps(
                            "Other accounts go on. When it is wrong: end its rest on the board, and mend the trigger (uploads.triggers)."),
            RuleInfo.of(
                            "account-full",
                            "accounts.*.usedPercent",
                            "{{value}} % of the quota of the account {{name}} are used")
                    .informs("above 95")
                    .helps("Nothing is lost: the session goes on by another account, or waits."),
            RuleInfo.of(
                            "upload-session-ended",
                            "uploaders.*.lastSession.id",
                            "an upload session of {{key}} has ended, {{phase}}: {{uploaded}} files have arrived, {{failed}} have not")
                    .informs("differs")
                    .helps("An event, for whoever wants to hear of it. The board lists the sessions."));

    private UploadsRules() {}
}
