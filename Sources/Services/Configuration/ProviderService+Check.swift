import Domain

/// A provider file with everything that is to be said of it.
public struct CheckedProviderFile: Sendable, Hashable {
    public enum Grade: String, Sendable, Hashable {
        /// It works, and people should know something about it.
        case warning
        /// What an example leaves open is still open, or the key for logins does not stand beside the file.
        case unfilled
        /// It cannot be used as it is.
        case problem
    }

    public struct Finding: Sendable, Hashable {
        public var grade: Grade
        /// With the file's place and line, where it has one.
        public var message: String
        /// From 1; nil for what stands nowhere.
        public var line: Int?
        public var key: String

        public init(_ grade: Grade, _ message: String, line: Int? = nil, key: String = "") {
            self.grade = grade
            self.message = message
            self.line = line
            self.key = key
        }

        init(_ grade: Grade, _ problem: ConfigurationProblem) {
            self.init(
                grade, problem.description, line: problem.line > 0 ? problem.line : nil, key: problem.key)
        }
    }

    public var path: String
    /// The provider's; nil when the file could not be read as one.
    public var name: String?
    public var findings: [Finding]

    public init(path: String, name: String? = nil, findings: [Finding]) {
        self.path = path
        self.name = name
        self.findings = findings
    }

    /// Whether the file may be used as it is.
    public var isReady: Bool { findings.allSatisfy { $0.grade == .warning } }
}

extension ProviderService {
    /// Reads a provider file and names everything that is wrong with it, or still to be filled in.
    public static func check(_ path: String) -> CheckedProviderFile {
        do throws(ConfigurationProblems) {
            let read = try ProviderCatalog.read(path)
            let hindrance = read.loginHindrance
            let warnings = read.warnings.map { warning -> CheckedProviderFile.Finding in
                warning == hindrance
                    ? .init(.unfilled, warning, key: "urls.certificate") : .init(.warning, warning)
            }
            return CheckedProviderFile(
                path: path, name: read.name, findings: warnings + read.blanks.map { .init(.unfilled, $0) })
        } catch {
            return CheckedProviderFile(path: path, findings: error.problems.map { .init(.problem, $0) })
        }
    }

    /// The same of every provider file of the workspace, in the order of their names; a name that stands twice counts as a
    /// mistake of the second file.
    ///
    /// - Throws: a `Complaint` (77) for somebody who may see nothing here.
    public func checkFiles() async throws(Complaint) -> [CheckedProviderFile] {
        try await workspace.permit(.see)
        let folder = workspace.home.providers
        var checked = ProviderCatalog.names(in: folder).map { Self.check("\(folder)/\($0)") }
        let others = workspace.providers().broken.filter { problem in
            !checked.contains { $0.findings.contains { $0.message == problem.description } }
        }
        for problem in others {
            let finding = CheckedProviderFile.Finding(.problem, problem)
            if let index = checked.firstIndex(where: { $0.path == problem.file }) {
                checked[index].findings.append(finding)
            } else {
                checked.append(CheckedProviderFile(path: problem.file, findings: [finding]))
            }
        }
        return checked
    }
}
