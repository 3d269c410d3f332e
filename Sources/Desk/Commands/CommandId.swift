/// Everything that a key, the palette or a click can ask for. Raw values are the names in `[keys]` of config.toml.
public enum CommandId: String, CaseIterable, Sendable, Hashable {
    // Everywhere
    case help, palette, back, quit, suspend, redraw, refresh, copy
    case goPortals = "go_portals"
    case goNotices = "go_notices"
    case goBusinesses = "go_businesses"
    case goRelay = "go_relay"
    case goSessions = "go_sessions"
    case goCoverage = "go_coverage"
    case goStrays = "go_strays"
    case goAudit = "go_audit"
    case auditHistory = "audit_history"
    case goFailures = "go_failures"
    case goSchedules = "go_schedules"
    case goProviders = "go_providers"
    case goApiUsers = "go_api_users"
    case goTdsRequests = "go_tds_requests"
    case goOperations = "go_operations"
    case goEInvoices = "go_einvoices"
    case goEWayBills = "go_ewaybills"
    case goSupport = "go_support"
    case reconcile, discard
    case toggleMouse = "toggle_mouse"
    case authenticator, lock
    case logOut = "log_out"
    // Lists
    case filter, sort
    case reverseSort = "reverse_sort"
    case previousPage = "previous_page"
    case nextPage = "next_page"
    case firstPage = "first_page"
    case lastPage = "last_page"
    case goToPage = "go_to_page"
    case pageSize = "page_size"
    case mark
    case markRange = "mark_range"
    case markAll = "mark_all"
    case invertMarks = "invert_marks"
    case open
    // Portals and jobs
    case configure
    case configureGst = "configure_gst"
    case configureIncomeTax = "configure_income_tax"
    case configureTraces = "configure_traces"
    case nextArea = "next_area"
    case previousArea = "previous_area"
    case errorLog = "error_log"
    case fetch
    case fetchAll = "fetch_all"
    case retry, cancel
    // Configure panel
    case actions, edit, verify, history, undo, authority
    // Edit login
    case reveal
    case resendCode = "resend_code"
    case inbox
    // Log viewer
    case search
    case nextMatch = "next_match"
    case previousMatch = "previous_match"
    case wrap, times, save
    case editCredential = "edit_credential"
    // Notices
    case export
    case markSeen = "mark_seen"
    case saveDocument = "save_document"
    case assign, tag, note, settle, calendar, today
    case requestReport = "request_report"
    case setDue = "set_due"
    // Businesses
    case add, remove
    case importFile = "import"
    // Waiting for people
    case sendAnswer = "send_answer"
    case newPicture = "new_picture"
    // Failures by cause
    case act
    // Schedules, providers
    case enable, test
    // E-invoices, e-way bills
    case evidence, register, provider, picture, watch, print
    case zoomIn = "zoom_in"
    case zoomOut = "zoom_out"
    case makeBill = "make_bill"
    case extendBill = "extend"
    case vehicle, transporter, consolidate, template
    case askPortal = "ask_portal"
    case askOther = "ask_other"
    // Support bundle
    case write
    case showTexts = "show_texts"
    case keepWords = "keep_words"
    case lookUpMask = "look_up_mask"
    // Audit trail
    case signCheckpoint = "sign_checkpoint"
    case trailKeys = "trail_keys"
    case rotateKey = "rotate_key"
    case resumeTrail = "resume_trail"
    case proveRecord = "prove_record"
    // Provider files
    case checkFiles = "check_files"
}
