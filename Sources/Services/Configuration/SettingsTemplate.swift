extension Settings {
    /// The file that `init` writes: every section, every setting at its default, each explained.
    public static let template = text(
        transport: "# transport = \"smtp\"                   # smtp, sendmail or maildir (simulated providers only)")

    /// The file that `demo` writes: mail goes into the workspace's own inbox.
    public static let demoTemplate = text(
        transport: "transport = \"maildir\"                  # smtp, sendmail or maildir (simulated providers only)")

    /// What a file says that stands as `init` or `demo` wrote it: parsing it would cost a millisecond of every start.
    static func known(_ text: String) -> Settings? {
        if text == template { return Settings() }
        guard text == demoTemplate else { return nil }
        var settings = Settings()
        settings.mail.transport = .maildir
        return settings
    }

    private static func text(transport: String) -> String {
        """
        # PortalDesk settings. Every line may be left out; the value shown is then used.

        [desk]
        theme = "dark"                # dark, light, mono, or a file in the themes folder
        time_zone = "Asia/Kolkata"    # times on screen; the store keeps UTC
        page_size = 20                # rows a page of the activity table; other lists fill the screen
        mouse = true                  # false leaves the mouse to the terminal
        pictures = "auto"             # captchas: auto asks the terminal, blocks draws letters; kitty, sixel without asking
        lock_minutes = 5              # without a key for so long the desk locks and wipes its keys

        [worker]
        concurrency = 4               # fetches at once
        quarantine_after = 3          # crashes after which a job is set aside
        attempts = 20                 # counted attempts after which a job is given up
        password_tries = 2            # refusals of one password before it is offered no more: portals lock accounts
        captcha_seconds = 300         # how long a captcha counts whose portal tells no end
        quiet_hours = ""              # such as 22:00-06:00: the calendar begins nothing then
        log_level = "info"            # debug, info, warning or error: what log/worker.log tells

        [notices]
        # Due dates that a rule counts in working days leave out Sundays, Saturdays, 26 January, 15 August, 2 October and these:
        # holidays = ["2026-11-09", "2026-12-25"]
        saturdays_work = false        # true where the offices in question are open on Saturdays

        [einvoices]
        # Who turned over 10 crore or more in any year since 2017-18 must register an invoice within 30 days of its date (2305).
        reporting_days = 30           # 0 where nobody here is bound
        # Sellers below that, and who else is not bound, by GSTIN or PAN:
        # unlimited = ["29AAKCP1234L1Z4", "AABCT7788N"]
        hsn_digits = 6                # digits of an HSN at the least; sellers of at most 5 crore need 4 and stand here:
        # four_digit_hsn = ["29AAKCP1234L1Z4", "AABCT7788N"]
        # Rates and units that came after this program: the check would refuse them otherwise.
        # extra_rates = ["35"]
        # extra_units = ["XYZ"]
        tolerance = "floor-and-ceiling"   # of worked-out amounts: floor-and-ceiling, one or one-and-two rupees
        forty_percent = "warning"     # off, warning or error: whether the portals know that rate is not certain
        pin_prefixes = "warning"      # a PIN whose first digits are another state's
        ship_to_state = "warning"     # goods shipped to another state than the place of supply (2245)
        ship_to_gstin = false         # the rule announced for 2026 and put on hold (2323, 2324)
        preceding_document = false    # notes must name the document that they correct
        reverse_charge_to_sez = true
        most_items = 1000             # 5000 for who asked NIC
        # earliest_date = "2025-04-01"

        [ewaybills]
        warn_hours = 8                # a bill that ends within so many hours stands on the watch list
        registers_invoices = false    # true where invoices to registered buyers get their bill through the IRN (720)
        document_days = 180           # age of a document at the most
        grace_rupees = 2              # the total may lie so far below the sum of its parts
        pin_prefixes = "warning"
        ship_to_gstin = false         # the rule announced for 2026 and put on hold (4073, 4074)

        [audit]
        # Signed checkpoints of the audit trail are kept outside of the workspace, where an intruder in it cannot reach.
        checkpoints = ["file", "journal"]     # file: a folder of the Unix user's state; journal: the system's log
        # folder = "/var/lib/portaldesk-audit"   # of another owner, or on another disk
        # mail = "auditor@firm.example"          # gets the last checkpoint of each day
        checkpoint_records = 256      # one is signed after so many records,
        checkpoint_minutes = 10       # or when the oldest unsigned record is so old
        body_days = 90                # requests and answers are kept sealed for so long, their hashes for good; 0 keeps none
        largest_body_kib = 256        # of larger ones the hash alone is kept

        [mail]
        # How one-time codes reach people. Nothing is sent until one of these is chosen.
        \(transport)
        # url = "smtp://mail.example:587"        # smtps:// for a server that speaks TLS from the first byte
        # starttls = "required"                  # required, if-offered or off; if-offered for a server on this machine
        # ca_file = ""                           # PEM file of the authority that signed the server's certificate
        # user = ""
        # password_file = ""                     # the password stands in that file, mode 0600, never here
        # from = "PortalDesk <desk@firm.example>"
        # sendmail = "/usr/sbin/sendmail"        # any program that takes the same options

        [reveal]
        confirm = "mail"              # before a password is shown: mail, or totp (an authenticator app)

        [portals]
        # Which provider file serves a portal, when more than one could:
        # gst = "my-gsp"
        # income_tax = "my-bridge"
        # traces = "my-bridge"

        [keys]
        # Another key for a command, by the command's name in docs/keys.md:
        # refresh = "ctrl-r"

        """
    }
}
