import Domain

/// A bill that the e-way bill system would take, as a beginning for people: ten brass fittings on a challan, by road.
public struct SampleBill: Sendable {
    private let gstin: String
    private let state: String
    private let day: LegalDate

    /// - Parameters:
    ///   - gstin: whose bill it is; nil for a made-up one.
    ///   - day: of its document, in India.
    public init(gstin: Gstin? = nil, day: LegalDate) {
        self.gstin = gstin?.text ?? "09AAFHH6756K1ZQ"
        state = String(self.gstin.prefix(2))
        self.day = day
    }

    /// A PIN of the seller's state, as the rules want it.
    private var pin: Int { Int(state).flatMap { StatePins.first(of: $0) } ?? 226_001 }

    /// JSON with the system's own names, one to a line.
    public var text: String {
        """
        {
          "userGstin": "\(gstin)",
          "supplyType": "O",
          "subSupplyType": "5",
          "docType": "CHL",
          "docNo": "CH-1",
          "docDate": "\(DocumentDate.text(day))",
          "fromGstin": "\(gstin)",
          "fromTrdName": "Example Metals",
          "fromAddr1": "12 Market Road",
          "fromPlace": "Example Town",
          "fromPincode": \(pin),
          "fromStateCode": \(Int(state) ?? 9),
          "actFromStateCode": \(Int(state) ?? 9),
          "toGstin": "\(gstin)",
          "toTrdName": "Example Metals, second works",
          "toAddr1": "4 Lake View",
          "toPlace": "Example Town",
          "toPincode": \(pin),
          "toStateCode": \(Int(state) ?? 9),
          "actToStateCode": \(Int(state) ?? 9),
          "transactionType": 1,
          "transDistance": "20",
          "totalValue": 12500.00,
          "totInvValue": 12500.00,
          "transMode": "1",
          "vehicleNo": "UP32AB1234",
          "vehicleType": "R",
          "itemList": [
            {
              "productName": "Brass fittings",
              "hsnCode": 741220,
              "quantity": 10,
              "qtyUnit": "NOS",
              "taxableAmount": 12500.00
            }
          ]
        }
        """
    }
}
