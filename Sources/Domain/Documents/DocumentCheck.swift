/// One pass over one document that collects what it finds.
protocol DocumentCheck {
    var findings: [Finding] { get set }
}

extension DocumentCheck {
    mutating func error(_ path: String, _ rule: String, _ code: String?, _ problem: String, _ remedy: String = "") {
        findings.append(Finding(.error, at: path, rule: rule, code: code, problem, remedy: remedy))
    }

    mutating func warning(_ path: String, _ rule: String, _ code: String?, _ problem: String, _ remedy: String = "") {
        findings.append(Finding(.warning, at: path, rule: rule, code: code, problem, remedy: remedy))
    }

    mutating func find(
        _ strictness: Strictness, _ path: String, _ rule: String, _ code: String?, _ problem: String,
        _ remedy: String = ""
    ) {
        switch strictness {
        case .off: break
        case .warning: warning(path, rule, code, problem, remedy)
        case .error: error(path, rule, code, problem, remedy)
        }
    }

    /// A mistyped GSTIN is told by its check character; numbers of another build, such as those of embassies, are let pass.
    mutating func checkGstin(_ text: String, _ path: String, _ code: String) {
        guard TextForm.gstin.fits(text) else { return }
        do throws(IdentifierProblem) {
            _ = try Gstin(text)
        } catch {
            switch error {
            case .checkCharacter, .unknownState:
                self.error(path, "party.gstin", code, error.message, "Correct the GSTIN")
            case .length, .shape, .range:
                warning(path, "party.gstinShape", nil, "is not built like a GSTIN", "See that it is right")
            }
        }
    }

    /// A unit of the portals' list, in any case.
    mutating func checkUnit(_ unit: String, _ path: String, _ code: String, _ extra: MasterAdditions) {
        guard TextForm.letters.fits(unit), !UnitCode.isKnown(unit), !extra.units.contains(unit.uppercased()) else {
            return
        }
        error(
            path, "item.unit", code, "is \(HarmlessText.line(unit, limit: 10))",
            "Write a unit code such as NOS, KGS or OTH")
    }

    /// PINs against their state by the first digits, as strictly as the settings want.
    mutating func checkPrefix(
        _ pin: Int, in state: Int, _ strictness: Strictness, _ path: String, _ code: String
    ) {
        if StatePins.agree(pin: pin, state: state) == false {
            find(
                strictness, path, "party.pin", code, "is \(pin), which is not in state \(state) by its first digits",
                "See that PIN and state are right")
        }
    }
}

/// How strictly a doubtful rule is held.
public enum Strictness: String, Sendable, Hashable, CaseIterable { case off, warning, error }
