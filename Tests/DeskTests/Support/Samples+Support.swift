import Domain
import Services

extension Sample {
    static let supportFiles: [SupportBundle.File] = [
        .init(part: .about, path: "about.txt", text: String(repeating: "x", count: 412), masks: ["USER-0c41d2": 1]),
        .init(part: .doctor, path: "doctor.txt", text: String(repeating: "x", count: 1_204), masks: ["USER-0c41d2": 2]),
        .init(part: .settings, path: "settings/config.toml", text: String(repeating: "x", count: 4_226)),
        .init(
            part: .settings, path: "settings/providers/bridge.toml", text: String(repeating: "x", count: 368),
            masks: ["SECRET-9e01aa": 1]),
        .init(
            part: .logs, path: "log/worker.log", text: String(repeating: "x", count: 2_097_152), isCut: true,
            masks: ["GSTIN-7f3a1c": 41, "GSTIN-110bd2": 7, "IP-30f2c1": 3]),
        .init(
            part: .jobs, path: "jobs/job-4711.log", text: String(repeating: "x", count: 735),
            masks: ["GSTIN-7f3a1c": 2, "NAME-f120d3": 2, "PAN-3b64a2": 1]),
        .init(part: .jobs, path: "jobs/failures.txt", text: String(repeating: "x", count: 360)),
        .init(part: .store, path: "store.txt", text: String(repeating: "x", count: 1_026)),
        .init(part: .hashes, path: "hashes.txt", text: String(repeating: "x", count: 881)),
        .init(
            part: .screen, path: "screen.txt", text: String(repeating: "x", count: 1_800),
            masks: [
                "GSTIN-7f3a1c": 1, "NAME-f120d3": 1, "NAME-148752": 4, "TAN-83d1aa": 1, "MAIL-3dcd21": 1,
                "PHONE-aa20d1": 1,
            ]),
    ]

    static let supportBundle = SupportBundle(id: "93465eda", createdAt: now, files: supportFiles)
}
