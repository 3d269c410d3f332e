/// Every reader of what a portal or a provider sends. libcurl itself reads status lines, chunks, cookies and
/// Retry-After; what we read of an answer's header stands under `http`.
enum AllParsers {
    static let list: [FuzzParser] =
        BridgeParsers.list + GstnParsers.list + NicParsers.list + NicResultParsers.list + EFilingParsers.list
        + EFilingReadingParsers.list + TracesParsers.list
        + AnswerParsers.list + TextParsers.list + FetchBridge.list + FetchGsp.list + FetchEFiling.list
        + FetchTraces.list + DocumentParsers.list

    static func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }
}
