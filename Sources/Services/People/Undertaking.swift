/// What somebody gave to do: the words of a command, or what the desk was asked. The audit trail tells with a refusal what
/// was tried.
public enum Undertaking {
    /// `account reveal`; empty where nobody gave a command.
    @TaskLocal public static var words = ""
}
