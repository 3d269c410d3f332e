import FoundationEssentials

/// Lengths, types and patterns of an invoice as NIC's schema INV-01 v1.1 has them (facts: nic-einvoice-ewb 4.1).
enum InvoiceSchema {
    /// A line for each field: way, kind, range, `M` when it must be there.
    private static let text = """
        Version text 1-6 M
        TranDtls section - M
        TranDtls.TaxSch =GST 3-10 M
        TranDtls.SupTyp =B2B,SEZWP,SEZWOP,EXPWP,EXPWOP,DEXP 3-8 M
        TranDtls.RegRev =Y,N 1-1 O
        TranDtls.EcmGstin gstin 15-15 O
        TranDtls.IgstOnIntra =Y,N 1-1 O
        DocDtls section - M
        DocDtls.Typ =INV,CRN,DBN 3-3 M
        DocDtls.No document 1-16 M
        DocDtls.Dt date 10-10 M
        SellerDtls section - M
        SellerDtls.Gstin gstin 15-15 M
        SellerDtls.LglNm text 3-100 M
        SellerDtls.TrdNm text 3-100 O
        SellerDtls.Addr1 text 1-100 M
        SellerDtls.Addr2 text 3-100 O
        SellerDtls.Loc text 3-50 M
        SellerDtls.Pin n0 100000-999999 M
        SellerDtls.Stcd state 1-2 M
        SellerDtls.Ph digits 6-12 O
        SellerDtls.Em text 6-100 O
        BuyerDtls section - M
        BuyerDtls.Gstin party 3-15 M
        BuyerDtls.LglNm text 3-100 M
        BuyerDtls.TrdNm text 3-100 O
        BuyerDtls.Pos state 1-2 M
        BuyerDtls.Addr1 text 1-100 M
        BuyerDtls.Addr2 text 3-100 O
        BuyerDtls.Loc text 3-100 M
        BuyerDtls.Pin n0 100000-999999 O
        BuyerDtls.Stcd state 1-2 M
        BuyerDtls.Ph digits 6-12 O
        BuyerDtls.Em text 6-100 O
        DispDtls section - O
        DispDtls.Nm text 3-100 M
        DispDtls.Addr1 text 1-100 M
        DispDtls.Addr2 text 3-100 O
        DispDtls.Loc text 3-100 M
        DispDtls.Pin n0 100000-999999 M
        DispDtls.Stcd state 1-2 M
        ShipDtls section - O
        ShipDtls.Gstin party 3-15 O
        ShipDtls.LglNm text 3-100 M
        ShipDtls.TrdNm text 3-100 O
        ShipDtls.Addr1 text 1-100 M
        ShipDtls.Addr2 text 3-100 O
        ShipDtls.Loc text 3-100 M
        ShipDtls.Pin n0 100000-999999 M
        ShipDtls.Stcd state 1-2 M
        ItemList list 1-1000 M
        ItemList.SlNo digits 1-6 M
        ItemList.PrdDesc text 3-300 O
        ItemList.IsServc =Y,N 1-1 M
        ItemList.HsnCd code 4-8 M
        ItemList.Barcde text 3-30 O
        ItemList.Qty n3 0-9999999999.999 O
        ItemList.FreeQty n3 0-9999999999.999 O
        ItemList.Unit text 3-8 O
        ItemList.UnitPrice n3 0-999999999999.999 M
        ItemList.TotAmt n2 0-999999999999.99 M
        ItemList.Discount n2 0-999999999999.99 O
        ItemList.PreTaxVal n2 0-999999999999.99 O
        ItemList.AssAmt n2 0-999999999999.99 M
        ItemList.GstRt n3 0-999.999 M
        ItemList.IgstAmt n2 0-999999999999.99 O
        ItemList.CgstAmt n2 0-999999999999.99 O
        ItemList.SgstAmt n2 0-999999999999.99 O
        ItemList.CesRt n3 0-999.999 O
        ItemList.CesAmt n2 0-999999999999.99 O
        ItemList.CesNonAdvlAmt n2 0-999999999999.99 O
        ItemList.StateCesRt n3 0-999.999 O
        ItemList.StateCesAmt n2 0-999999999999.99 O
        ItemList.StateCesNonAdvlAmt n2 0-999999999999.99 O
        ItemList.OthChrg n2 0-999999999999.99 O
        ItemList.TotItemVal n2 0-999999999999.99 M
        ItemList.OrdLineRef text 1-50 O
        ItemList.OrgCntry text 2-2 O
        ItemList.PrdSlNo text 1-20 O
        ItemList.BchDtls section - O
        ItemList.BchDtls.Nm text 3-20 M
        ItemList.BchDtls.ExpDt date 10-10 O
        ItemList.BchDtls.WrDt date 10-10 O
        ItemList.AttribDtls list 0-1000 O
        ItemList.AttribDtls.Nm text 1-100 O
        ItemList.AttribDtls.Val text 1-100 O
        ValDtls section - M
        ValDtls.AssVal n2 0-99999999999999.99 M
        ValDtls.CgstVal n2 0-99999999999999.99 O
        ValDtls.SgstVal n2 0-99999999999999.99 O
        ValDtls.IgstVal n2 0-99999999999999.99 O
        ValDtls.CesVal n2 0-99999999999999.99 O
        ValDtls.StCesVal n2 0-99999999999999.99 O
        ValDtls.Discount n2 0-99999999999999.99 O
        ValDtls.OthChrg n2 0-99999999999999.99 O
        ValDtls.RndOffAmt n2 -99.99-99.99 O
        ValDtls.TotInvVal n2 0-99999999999999.99 M
        ValDtls.TotInvValFc n2 0-99999999999999.99 O
        PayDtls section - O
        PayDtls.Nm text 1-100 O
        PayDtls.AccDet text 1-18 O
        PayDtls.Mode text 1-18 O
        PayDtls.FinInsBr text 1-11 O
        PayDtls.PayTerm text 1-100 O
        PayDtls.PayInstr text 1-100 O
        PayDtls.CrTrn text 1-100 O
        PayDtls.DirDr text 1-100 O
        PayDtls.CrDay n0 0-9999 O
        PayDtls.PaidAmt n2 0-99999999999999.99 O
        PayDtls.PaymtDue n2 0-99999999999999.99 O
        RefDtls section - O
        RefDtls.InvRm text 3-100 O
        RefDtls.DocPerdDtls section - O
        RefDtls.DocPerdDtls.InvStDt date 10-10 M
        RefDtls.DocPerdDtls.InvEndDt date 10-10 M
        RefDtls.PrecDocDtls list 0-1000 O
        RefDtls.PrecDocDtls.InvNo document 1-16 M
        RefDtls.PrecDocDtls.InvDt date 10-10 M
        RefDtls.PrecDocDtls.OthRefNo text 1-20 O
        RefDtls.ContrDtls list 0-1000 O
        RefDtls.ContrDtls.RecAdvRefr text 1-20 O
        RefDtls.ContrDtls.RecAdvDt date 10-10 O
        RefDtls.ContrDtls.TendRefr text 1-20 O
        RefDtls.ContrDtls.ContrRefr text 1-20 O
        RefDtls.ContrDtls.ExtRefr text 1-20 O
        RefDtls.ContrDtls.ProjRefr text 1-20 O
        RefDtls.ContrDtls.PORefr text 1-16 O
        RefDtls.ContrDtls.PORefDt date 10-10 O
        AddlDocDtls list 0-1000 O
        AddlDocDtls.Url text 3-100 O
        AddlDocDtls.Docs text 3-1000 O
        AddlDocDtls.Info text 3-1000 O
        ExpDtls section - O
        ExpDtls.ShipBNo text 1-20 O
        ExpDtls.ShipBDt date 10-10 O
        ExpDtls.Port text 2-10 O
        ExpDtls.RefClm =Y,N 1-1 O
        ExpDtls.ForCur text 3-16 O
        ExpDtls.CntCode text 2-2 O
        ExpDtls.ExpDuty n2 0-999999999999.99 O
        EwbDtls section - O
        EwbDtls.TransId text 15-15 O
        EwbDtls.TransName text 3-100 O
        EwbDtls.TransMode =1,2,3,4 1-1 O
        EwbDtls.Distance n0 0-4000 M
        EwbDtls.TransDocNo text 1-15 O
        EwbDtls.TransDocDt date 10-10 O
        EwbDtls.VehNo text 4-20 O
        EwbDtls.VehType =O,R 1-1 O
        """

    static let fields: [SchemaField] = text.split(separator: "\n").compactMap { SchemaField($0) }

    /// Names in their usual spelling, by themselves in lower case: requests spell them in any case
    /// (facts: nic-einvoice-ewb 1.5).
    static let names: [String: String] = Dictionary(
        fields.map { ($0.name.lowercased(), $0.name) }
    ) { first, _ in first }

    /// What does not fit, a sentence for each field.
    static func problems(_ invoice: JsonTree) -> [String] {
        fields.flatMap { field in
            field.places(in: invoice).flatMap { place -> [String] in
                guard let value = place.parent[field.name], value != .null else {
                    return field.isRequired ? ["\(place.path)\(field.name) is required"] : []
                }
                return field.problem(value).map { ["\(place.path)\(field.name) \($0)"] } ?? []
            }
        }
    }
}
