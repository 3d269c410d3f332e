/// Sets JSON on lines of its own by moving blanks between its signs alone: no number, text or order is touched.
public enum JsonLayout {
    /// nil when the text is no whole JSON object or array.
    public static func indented(_ text: String) -> String? {
        var result = ""
        var depth = 0
        var isInText = false
        var isEscaped = false
        var isAfterOpening = false
        func breakLine() { result += "\n" + String(repeating: "  ", count: depth) }
        for sign in text.unicodeScalars {
            if isInText {
                result.unicodeScalars.append(sign)
                if isEscaped {
                    isEscaped = false
                } else if sign == "\\" {
                    isEscaped = true
                } else {
                    isInText = sign != "\""
                }
                continue
            }
            if sign.properties.isWhitespace { continue }
            let isClosing = sign == "}" || sign == "]"
            if isAfterOpening, !isClosing { breakLine() }
            isAfterOpening = sign == "{" || sign == "["
            switch sign {
            case "{", "[":
                depth += 1
                result.unicodeScalars.append(sign)
            case "}", "]":
                depth -= 1
                guard depth >= 0 else { return nil }
                if let last = result.last, last != "{", last != "[" { breakLine() }
                result.unicodeScalars.append(sign)
            case ",":
                result += ","
                breakLine()
            case ":": result += ": "
            default:
                guard depth > 0 else { return nil }
                isInText = sign == "\""
                result.unicodeScalars.append(sign)
            }
        }
        return depth == 0 && !isInText && !result.isEmpty ? result : nil
    }
}
