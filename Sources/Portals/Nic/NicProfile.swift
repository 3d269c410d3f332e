import Domain
import Wire

/// What a provider file says beside what all have, for a connector that carries out actions at NIC's systems.
public struct NicProfile: Sendable {
    /// Name of the invoice registration portal, such as `NIC1`, as duplicates name it.
    public var registrar: String
    /// The other portal of NIC, whose invoices the same address serves where the header `irp` asks for them; nil where that
    /// is not known of this provider (facts: nic-einvoice-ewb 8).
    public var sister: String?
    public var style: NicAnswer.Style
    public var settle: SettleRule
    /// Between two tries of an action that was certainly not sent, and between two looks that failed.
    public var backOff: BackOff
    /// Tries after which a person is asked.
    public var attempts: Int
    /// HTTP statuses that this provider gives before it looks at a request, so that nothing was done. None unless its
    /// documentation says so: a gateway's 503 may come behind a request that was carried out (facts: reliability 5.6).
    public var notProcessed: Set<Int> = []
    /// Keys that signed invoices are verified by.
    public var signingKeys: SignatureKeys
    /// Files of those keys beside the provider file, by their id, and who signs with them.
    public var signingFiles: [String: String] = [:]
    public var signingIssuers: [String: String] = [:]
    /// First and last day of invoices under a key, by its id; no entry: no bound (facts: nic-einvoice-ewb 5.1).
    public var signingFrom: [String: LegalDate] = [:]
    public var signingUntil: [String: LegalDate] = [:]

    public init(
        registrar: String = "", style: NicAnswer.Style = .nic, settle: SettleRule = SettleRule(),
        backOff: BackOff = .job, attempts: Int = 20, signingKeys: SignatureKeys = SignatureKeys()
    ) {
        self.registrar = registrar
        self.style = style
        self.settle = settle
        self.backOff = backOff
        self.attempts = attempts
        self.signingKeys = signingKeys
    }
}
