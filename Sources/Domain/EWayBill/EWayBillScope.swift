/// When goods need an e-way bill, and how far it may say that they go (facts: nic-einvoice-ewb 6).
public enum EWayBillScope {
    /// - Parameters:
    ///   - value: of the consignment with tax, in rupees.
    ///   - threshold: 50,000 between states; some states have another within them.
    ///   - isJobWorkOrHandicraftBetweenStates: goods to a job worker in another state, or handicraft of an exempt person:
    ///     they need one at any value.
    public static func isNeeded(
        value: ExactDecimal, threshold: ExactDecimal = 50_000, isJobWorkOrHandicraftBetweenStates: Bool = false
    ) -> Bool {
        isJobWorkOrHandicraftBetweenStates || value > threshold
    }

    /// Whether the system takes the kilometres where it works out `computed` from the PINs: 0 asks for its own figure, else at
    /// most a tenth more, and at most 4000 (702, 4013).
    public static func accepts(distance: Int, computed: Int) -> Bool {
        (0...4_000).contains(distance) && distance * 10 <= computed * 11
    }
}
