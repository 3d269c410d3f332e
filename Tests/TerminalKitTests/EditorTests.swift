import Secrets
import Testing

@testable import TerminalKit

@Suite("Line editing") struct EditorTests {
    private func typed(_ text: String, then keys: [Key]) -> LineEditor {
        var editor = LineEditor(text)
        for key in keys { _ = editor.handle(key) }
        return editor
    }

    @Test func `shell keys move and remove as in a shell`() {
        #expect(typed("one two", then: [.control("w")]).text == "one ")
        #expect(typed("one two", then: [.control("a"), .control("k")]).text == "")
        #expect(typed("one two", then: [.alt("b"), .control("u")]).text == "two")
        #expect(typed("one two", then: [.home, .alt("f"), "!"]).text == "one! two")
        #expect(typed("one two", then: [.left, .delete, .backspace]).text == "one t")
        #expect(typed("हिन्दी", then: [.backspace]).text == "हि")
    }

    @Test func `a vowel sign typed after its letter joins it and the cursor stays behind it`() {
        let editor = typed("क", then: [.character("\u{093F}")])
        #expect(editor.text == "कि" && editor.cursor == 1)
    }

    @Test func `a paste is one edit, its line breaks are blanks and it is undone at once`() {
        var editor = LineEditor("a")
        editor.paste("b\r\nc\td\u{1B}e")
        #expect(editor.text == "ab c de")
        _ = editor.handle(.control("_"))
        #expect(editor.text == "a")
    }

    @Test func `Enter, Tab and Esc are left to the form`() {
        var editor = LineEditor("a")
        for key in [Key.enter, .tab, .escape, .up, .function(2)] {
            let isUsed = editor.handle(key)
            #expect(!isUsed)
        }
    }

    @Test func `the cursor is always in sight, however long the text`() {
        var editor = LineEditor(String(repeating: "हिन्दी ", count: 20))
        for _ in 0..<60 {
            var canvas = Canvas(size: Size(columns: 10, rows: 1))
            let place = editor.draw(on: &canvas, in: canvas.bounds, style: Style())
            #expect((0..<10).contains(place.x))
            _ = editor.handle(.left)
        }
    }

    @Test func `a masked field edits its bytes, shows dots only and hands the secret out once`() {
        var editor = MaskedEditor()
        editor.paste("pass wörd\n")
        _ = editor.handle(.home)
        _ = editor.handle(.delete)
        _ = editor.handle("P")
        #expect(editor.dotCount == 9 && editor.cursor == 1)
        var canvas = Canvas(size: Size(columns: 12, rows: 1))
        editor.draw(on: &canvas, in: canvas.bounds, style: Style(.inputText))
        #expect(canvas.textRows == ["•••••••••   "])
        #expect(!"\(editor)".contains("ass"))
        let secret = editor.take()
        #expect(secret.withBytes { String(decoding: $0, as: UTF8.self) } == "Pass wörd")
        #expect(editor.isEmpty)
    }

    @Test func `Enter goes from field to field, submits in the last one, and a paste never submits`() {
        let form = Form(
            fields: [.init(id: "a", label: "A"), .init(id: "b", label: "B", kind: .masked)],
            buttons: [.init(id: "ok", title: "OK"), .init(id: "no", title: "Cancel")])
        var state = FormState(form)
        var outcome: FormOutcome
        outcome = state.paste("x\ny\n", in: form)
        #expect(outcome == .changed)
        #expect(state.text("a") == "x y ")
        outcome = state.handle(.enter, in: form)
        #expect(outcome == .changed)
        #expect(state.focus == 1)
        outcome = state.handle(.enter, in: form)
        #expect(outcome == .submit(buttonId: nil))
        _ = state.handle(.tab, in: form)
        outcome = state.handle(.space, in: form)
        #expect(outcome == .submit(buttonId: "ok"))
        outcome = state.handle(.escape, in: form)
        #expect(outcome == .cancel)
    }

    @Test func `in a choice a letter goes to the next option that begins with it`() {
        let form = Form(
            fields: [.init(id: "a", label: "A", kind: .choice(["Goa", "Bihar", "Gujarat", "Kerala"]))], buttons: [])
        var state = FormState(form)
        for (letter, place) in [("g", 2), ("G", 0), ("k", 3), ("b", 1), ("x", 1)] {
            _ = state.handle(.character(Character(letter)), in: form)
            #expect(state.choice("a") == place, "\(letter)")
        }
        _ = state.handle(.space, in: form)
        #expect(state.choice("a") == 2)
    }
}
