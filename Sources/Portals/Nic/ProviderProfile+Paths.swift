import Domain
import Wire

extension ProviderProfile {
    /// Keys of paths that the file of a GSP with a wire of its own must name for an action, and does not. NIC's own paths
    /// would lead nowhere there.
    public func missingPaths(for kind: OperationKind) -> [String] {
        guard connector == .irp, nic?.style == .successResult else { return [] }
        let needed: [IrpPath] =
            switch kind {
            case .einvoiceGenerate: [.invoice, .byDocument]
            case .einvoiceCancel: [.cancel, .byIrn]
            case .ewaybillByIrn: [.eWayBill, .eWayBillByIrn]
            default: []
            }
        return needed.map(\.rawValue).filter { paths[$0] == nil }.map { "paths.\($0)" }
    }
}
