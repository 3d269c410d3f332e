extension DemoWorld {
    /// The client id and secret that the sandbox's bridge knows. They protect nothing and stand in every profile folder.
    public static var clientId: String { BridgeService.clientId }
    public static var clientSecret: String { BridgeService.clientSecret }
}
