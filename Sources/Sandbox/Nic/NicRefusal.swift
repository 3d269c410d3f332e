/// Why NIC refuses: numbers with their meaning, and what it adds.
struct NicRefusal: Error {
    struct Reason: Sendable {
        var code: String
        var message: String

        var tree: JsonTree { .made(["ErrorCode": .text(code), "ErrorMessage": .text(message)]) }
    }

    var reasons: [Reason]
    /// `InfoDtls`.
    var infos: [JsonTree] = []
    /// HTTP answers that stand before NIC's own.
    var answer: SandboxAnswer?

    init(_ code: String, _ message: String, infos: [JsonTree] = []) {
        reasons = [Reason(code: code, message: message)]
        self.infos = infos
    }

    init(_ reasons: [Reason]) { self.reasons = reasons }

    init(answer: SandboxAnswer) {
        reasons = []
        self.answer = answer
    }

    static func info(_ code: String, _ desc: JsonTree) -> JsonTree { .made(["InfCd": .text(code), "Desc": desc]) }
}
