extension Theme {
    /// The dark theme that needs no file: grey paper, one blue accent, and colours only where a state is meant.
    /// `themes/dark.toml` holds the same and is what one copies from.
    public static let dark = Theme(dark: darkRoles, darkSurfaces)

    private static let darkRoles: KeyValuePairs<Role, Paint> = [
        .text: Paint(rgb: Rgb(hex: 0xD0D0D0), ansi: nil),
        .muted: Paint(rgb: Rgb(hex: 0x9E9E9E), ansi: nil, mono: .dim),
        .accent: Paint(rgb: Rgb(hex: 0x5FAFD7), ansi: .cyan, mono: .bold),
        .heading: Paint(rgb: Rgb(hex: 0xEEEEEE), ansi: .brightWhite, mono: .bold),
        .border: Paint(rgb: Rgb(hex: 0x767676), ansi: nil, mono: .dim),
        .borderFocused: Paint(rgb: Rgb(hex: 0x5FAFD7), ansi: .cyan, mono: .bold),
        .key: Paint(rgb: Rgb(hex: 0x5FAFD7), ansi: .cyan, mono: .bold),
        .success: Paint(rgb: Rgb(hex: 0x87D787), ansi: .green),
        .danger: Paint(rgb: Rgb(hex: 0xFF8787), ansi: .brightRed, mono: .bold),
        .warning: Paint(rgb: Rgb(hex: 0xFFAF5F), ansi: .yellow, mono: .bold),
        .info: Paint(rgb: Rgb(hex: 0x87AFD7), ansi: .cyan),
        .running: Paint(rgb: Rgb(hex: 0x5FAFD7), ansi: .cyan),
        .link: Paint(rgb: Rgb(hex: 0x5FAFD7), ansi: .cyan, mono: .underline),
        .disabled: Paint(rgb: Rgb(hex: 0x8A8A8A), ansi: nil, mono: .dim),
        .match: Paint(rgb: Rgb(hex: 0xFFD75F), ansi: .yellow, mono: .bold),
        .inputText: Paint(rgb: Rgb(hex: 0xEEEEEE), ansi: nil),
        .placeholderText: Paint(rgb: Rgb(hex: 0x9E9E9E), ansi: nil, mono: .dim),
        .onAccent: Paint(rgb: Rgb(hex: 0x080808), ansi: .black),
    ]

    private static let darkSurfaces: KeyValuePairs<Surface, Paint> = [
        .base: Paint(rgb: Rgb(hex: 0x121212), ansi: nil),
        .panel: Paint(rgb: Rgb(hex: 0x1C1C1C), ansi: nil),
        .header: Paint(rgb: Rgb(hex: 0x262626), ansi: nil),
        .footer: Paint(rgb: Rgb(hex: 0x1C1C1C), ansi: nil),
        .selection: Paint(rgb: Rgb(hex: 0x3A3A3A), ansi: .cyan, ansiText: .black, mono: .reverse),
        .selectionUnfocused: Paint(rgb: Rgb(hex: 0x262626), ansi: .white, ansiText: .black, mono: .underline),
        .input: Paint(rgb: Rgb(hex: 0x303030), ansi: .white, ansiText: .black, mono: .underline),
        .inputFocused: Paint(rgb: Rgb(hex: 0x3A3A3A), ansi: .cyan, ansiText: .black, mono: [.underline, .bold]),
        .toast: Paint(rgb: Rgb(hex: 0x303030), ansi: nil),
        .dialog: Paint(rgb: Rgb(hex: 0x262626), ansi: nil),
        .backdrop: Paint(rgb: Rgb(hex: 0x080808), ansi: nil, mono: .dim),
        .banner: Paint(rgb: Rgb(hex: 0xFFAF5F), ansi: .yellow, ansiText: .black, mono: [.reverse, .bold]),
        .button: Paint(rgb: Rgb(hex: 0x3A3A3A), ansi: .white, ansiText: .black),
        .buttonFocused: Paint(rgb: Rgb(hex: 0x5FAFD7), ansi: .cyan, ansiText: .black, mono: .reverse),
        .match: Paint(rgb: Rgb(hex: 0x5F5F00), ansi: .yellow, ansiText: .black, mono: .underline),
        .matchCurrent: Paint(rgb: Rgb(hex: 0xFFD75F), ansi: .cyan, ansiText: .black, mono: .reverse),
    ]
}
