extension Settings {
    /// The file that `init` writes: every section, every setting at its default, each explained.
    public static let template = """
        # PortalDesk settings. Every line may be left out; the value shown is then used.

        [desk]
        theme = "dark"                # dark, light, mono, or a file in the themes folder
        time_zone = "Asia/Kolkata"    # times on screen; the store keeps UTC
        page_size = 20                # rows of the activity table: 10, 20, 50 or 100
        mouse = true                  # false leaves the mouse to the terminal
        lock_minutes = 5              # without a key for so long the desk locks and wipes its keys

        [worker]
        concurrency = 4               # fetches at once
        quarantine_after = 3          # crashes after which a job is set aside
        attempts = 20                 # counted attempts after which a job is given up
        log_level = "info"            # debug, info, warning or error: what log/worker.log tells

        [mail]
        transport = "maildir"         # smtp, sendmail or maildir (maildir: simulated providers only)
        # url = "smtp://mail.example:587"
        # starttls = "required"       # required, if-offered or off
        # ca_file = ""
        # user = ""
        # password_file = ""          # the password stands in that file, mode 0600, never here
        # from = "portaldesk@example"

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
