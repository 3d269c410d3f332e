/// Writes the pages of the simulated old application.
enum XhtmlPage {
    static func page(_ title: String, _ parts: [String]) -> [UInt8] {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
            "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
            <html xmlns="http://www.w3.org/1999/xhtml"><head><title>\(escaped(title)) - SIMULATED</title>
            <script type="text/javascript">if (1 < 2) { document.title += "<table>"; }</script></head>
            <body><h1>\(escaped(title))</h1>
            \(parts.joined(separator: "\n"))
            </body></html>

            """
        return Array(text.utf8)
    }

    static func table(_ id: String, _ head: [String], _ rows: [[String]]) -> String {
        let heading = head.map { "<th>\(escaped($0))</th>" }.joined()
        let body = rows.map { row in
            "<tr>" + row.map { "<td class=\"cell\">\(escaped($0))</td>" }.joined() + "</tr>"
        }
        return """
            <table id="\(id)" border="0"><thead><tr>\(heading)</tr></thead><tbody>
            \(body.joined(separator: "\n"))
            </tbody></table>
            """
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
