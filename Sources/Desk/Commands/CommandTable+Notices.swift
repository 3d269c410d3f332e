import TerminalKit

/// What can be done about notices.
extension CommandTable {
    static let notices: [Command] =
        [
            Command(.open, .notices, "Open the detail of the notice, or close it", hint: "detail", keys: [.enter]),
            Command(.assign, .notices, "Give the selected or marked notices to somebody", hint: "assign", keys: ["a"]),
            Command(.tag, .notices, "Tag the selected or marked notices, or take tags away", hint: "tag", keys: ["#"]),
            Command(
                .setDue, .notices, "Set the due date of the selected or marked notices by hand", hint: "due",
                keys: ["m"]),
            Command(.calendar, .notices, "Calendar of due dates of the filtered list", hint: "calendar", keys: ["c"]),
            Command(
                .saveDocument, .notices, "Save the documents of the notice to a folder", hint: "documents", keys: ["d"]),
            Command(.note, .notices, "Write a note about the notice", hint: "note", keys: ["n"]),
            Command(
                .export, .notices, "Export the filtered list as CSV, JSON or calendar", hint: "export", keys: ["x"]),
            Command(.back, .notices, "Close the detail, or go back", hint: "back", keys: [.escape]),
            Command(.history, .notices, "Everything that happened to the notice, notes in full", keys: ["h"]),
            Command(.add, .notices, "Enter a notice that came by post or e-mail", keys: ["+"]),
            Command(
                .settle, .notices, "Close a notice whose state no portal tells, or open it again", keys: ["C"]),
            Command(
                .requestReport, .notices, "Ask TRACES for the justification report of a default summary", keys: ["J"]),
            Command(.markSeen, .notices, "Mark the selected or marked notices as seen", keys: ["u"]),
            Command(.refresh, .notices, "Reload the list", keys: ["r", .function(5)]),
        ] + list(.notices)

    static let noticeCalendar: [Command] = [
        Command(.open, .noticeCalendar, "The notices that fall due on the selected day", hint: "open", keys: [.enter]),
        Command(
            .previousPage, .noticeCalendar, "The month before", hint: "month before", keys: [.pageUp, "["]),
        Command(.nextPage, .noticeCalendar, "The month after", hint: "month after", keys: [.pageDown, "]"]),
        Command(.today, .noticeCalendar, "Today", hint: "today", keys: ["t", .home]),
        Command(.export, .noticeCalendar, "Export the due dates to a calendar file", hint: "export", keys: ["x"]),
        Command(.back, .noticeCalendar, "Back to the list", hint: "back", keys: [.escape]),
        Command(.refresh, .noticeCalendar, "Reload the month", keys: ["r", .function(5)]),
    ]

    static let noticeStory: [Command] = [
        Command(.back, .noticeStory, "Back to the list", hint: "back", keys: [.escape]),
        Command(.refresh, .noticeStory, "Reload it", keys: ["r", .function(5)]),
    ]

    static let addNotice: [Command] = [
        Command(.back, .addNotice, "Cancel: discard the entry", hint: "cancel", keys: [.escape])
    ]
}
