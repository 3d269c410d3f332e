/// Words that programs, portals and tax offices write, of which none names anybody. Where others speak (a portal's messages, a
/// screen with what it sent, comments in settings) a word that is not among them may be a name.
///
/// They are those of the program's own texts, of the GST and income-tax portals, and of plain English; words that firms
/// like to be called by, such as colours and metals, are left out.
enum Vocabulary {
    private static let words = Set(list.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })
    private static let endings = ["s", "es", "d", "ed", "ing", "ly"].map { Array($0.utf8) }

    /// - Parameter word: in lower case.
    static func holds(_ word: some Collection<UInt8>) -> Bool {
        let word = Array(word)
        if words.contains(word) { return true }
        return endings.contains { ending in
            word.count - ending.count >= 3 && word.suffix(ending.count).elementsEqual(ending)
                && words.contains(Array(word.dropLast(ending.count)))
        }
    }

    private static let list = """
        aadhaar abandoned abatement abeyance able about above abroad academic acc accept access accesstoken accident
        accordance accordingly account accrual accrued aces ack acknowledge acknowledgement across act action activated
        active activities activity actor actual add addition additional addl addr address adhoc adjournment adjudicate
        adjudication adjustment admin administrator adopt adt adv advance advice advised aforesaid afresh after again
        against age agent aggregator ago agree air airway akamai alert alg alive all alleged allocation allow allowance
        alone along already also alt although amend amendment among amount amt analysis and andaman andhra anew annexure
        announced annual annum another ansi answer any anybody anything anyway anywhere apache apart api apikey
        apologise apos app appeal appear appellant appellate append appimage applicable applicant application applied
        appoint appointment appropriate approval approved apr april apt archive are area arg arn around arrear arrive
        arrows article artificial arunachal asc ascertain ascii asia aside ask asker asmt assam assess assessable
        assesse assessee assessment asset assign assignee assistant association assumed assure attach attachment attempt
        attend attention attrib audit auditor aug august auth authentic authenticate authentication authenticator author
        authorisation authorise authorities authority authorization authtoken auto autocheckpoint aux avail available
        average awaited awaits awareness away back background backslashes backspace backtab backup bad badge balance
        bank bar barcde base basis bat batch bearer bears became because become been before began begin beginning begun
        behalf behind being belated believed belong below benefit bengal beside between beyond big bihar bil bill bind
        birth bit blank block blocked board bodies body bogus bold book border both bound box branch break bridge bring
        broken brought browser bsr bucket build built bulk bundle business busy but button buyer byte cache calamity
        calculation calendar call caller calname calscale came can cancel cancellation cancelled cancelling cannot
        canonical cap capabilities capacity capital captcha card cargo carried carries carry case cash cast categories
        category cause cbdt cbic cdata ceiling cell central centralised centralized centre certain certificate certify
        ces cesses cgst chain challan challenge chandigarh change changeme chapter char character charge chargeable
        charset chartered cheap check checkpoint checksum chhattisgarh chief chm chmod choice choose choosing chosen
        chrg chrome chunk cin cipher circle circuit circular cit citizen city claim class clause clear clerical client
        clientid climbs clipboard clm clocks close closing closure cloudflare cmd cmp cnt cntry coalesce code collect
        collection colon color colour column com come comma command commerce commissioner commissionerate common
        communication company compare complete compliance comply components composition compounding computation compute
        con concern concurrency condition condonation condone confidential config configuration configure confirm
        conflict connect connection connector consent consequence consequent consider consideration consignee consigner
        consignment consignor conso consolidate constitute contact contains content continue contract contrast
        contravention control cookie copy corporate correct correction correlation correspond cost could council count
        counters countries country coverage covers cpc cpin crash create credential credit creditor critical crn cron
        crore cross cryptography csv ctrl ctype cur currency current cursor custom customer cut daily damaged dangerous
        dark dashboard data database date day ddmmyyyy deadline dealer dear debit debt debtor debug dec deceased
        december decide decimals decision declaration declare decrypt deduct deductee deductible deduction deductor deem
        deeply default defect defective defer deferred deficiency del delay delete delhi deliver demand demo denial
        denied deny department depend deposit depreciation deputy desc descending description designated desk desktop
        det detail detention determination determine dev developer did died differ difference different digest digit
        digital dimensional din dir direct direction director directorate directory disable disallow disallowance
        discard disclose disclosure discount discrepancy disk dismiss disp dispatch disposal dispose disposition dispute
        dist distance distinct div dividend division dns doc docdate docnum doctor doctype document does doing domestic
        done dots double doubt down download draft draw drawn drc drop dropped dry dsc dtend dtl dual due duly dumb
        duplicate dur durably duration duty each earlier earliest early ecm ecom edges edit effect effective efiling efr
        eight einvoice either elements eleven eligible else elsewhere email employ employee employer empty enable
        enabling encash enclose enclosure encoded encoding encrypt encryption end enforce enlarge enough enquiry enrich
        enrol enrolment ensure enter entitle entity entries entry envelope environment eof eportal erroneous error
        errorcode errordesc esc escape escdelay estimate evade evasion evc evcotp evcrequest even event every everybody
        everything everywhere evidence eway ewaybill ewb exact examination examine example exceed except exception
        excess excluded exempt exemption exhaust exist exit exp expect expend expenditure expense expire expiring expiry
        explain explanation explanatory exponent export ext extend extension extent external extinguished extn extra
        extract eye faceless facie facility facts fail failure faithfully fall false family far fatal fault favour feb
        february fee feel fetch few fewer field file filename filing fill filter fin final finance financial finding
        fine finish finyear firewall firm first fiscal fit fittings five fix flag flg floor focused folded folder follow
        for forbidden force foreign forget forgn forgotten form format former formtype forthwith forty forward found
        four fraction fraud free freelist freight fresh fri friday frm from front frontier frozen full furnish further
        future gateway gave gecko general generate generation genuine get gif give given glyph goes going gone good got
        government govt grade grant great gregorian gross ground group gsp gst gstin gstn gstr guard guess guessed guide
        had half halves hand handshake happened hard harmless haryana has hash have hdr head header health hear
        heartbeat held help helpdesk her here hereby hexadecimal hidden hide high himachal hint his historic history
        hold holder holidays home host hour house how href hsn htm html http human hundred ics idempotency identified
        identify identities identity idle ids iec ifsc ignore igst image img immediate immovable immutable import
        important impose inactive inbox included income incoming inconvenience incorrect incremental incur index india
        indian individual ineligible inf info information init initiate input inquiry ins insert inside inspection
        inspector install installation instalment instead institution instr instruction integer integrated integration
        integrity intend intent inter interest interface interim internal interrupted intimate intimation into intra
        intruder inv invalid invented invert invest investigation investment invoice invoke involved inward irn irp
        irregular irregularity iss issuance issue issuer ist italic itba itbatds itc item itr its itself jan january
        java jharkhand job join joint journal jpeg jse json jsonl jul july jun june jurisdiction jurisdictional just
        justification justify karnataka kashmir keep kept kerala key kgs kid kill kilometres kind kitty know known
        kolkata kyc lacks ladakh lakh lakshadweep lang language large larger largest last late latency later latest law
        layer lead leaf lease least leave ledger left legacy legal len length less let letter level levy lgl liability
        liable liaise lib libcurl libjpeg libpng libqrencode lie life light like limit limitation line link linux list
        litigation little live loaded loading loan loc local locale localhost location lock log logged logging login
        loginapi logout long longer longest look lookup loss lost low lower lowercased machine madam made madhya
        maharashtra mail mailbox maildir main maintain maintenance make maker making malformed man manage manager
        mandatory manifest manipur manner manual many map mar march mark market mask master match material matter max
        maximum may mean meanwhile measure media median meet megabytes meghalaya member memorandum memory mend menu
        merit message met method middle midnight might migration mime min ministry minus minute mismatch missing mistake
        mistyped mizoram mmap mmyyyy mobile mode moment mon monday mono month more morning most moto mouse mov movable
        move mozilla msg much must nadu nagaland nam name natural nbsp near necessary need neither nested net network
        never new newer newest next nginx nic nicobar night nil nine nobody non none nor nos not note nothing notice
        notification notified notify nov november now nowhere nsdl nsh null number oauth obey object objection obtain
        occur oct octet october odc off offer office officer offset often old older oldest ome once one ongoing online
        only onto open openapi operation operator opinion opportunity oppose option ord order ordinary org origin
        original orignal oth other otherwise otp our out outage outcome output outside outstanding outward over overdue
        overview own owner pacing pack package page pagedown pageup paginated paid paise pan panel paper para paragraph
        parameter part parta particular parties partner party pass password path pay payable payer payload payment pdf
        peer pem penal penalty pending people per percent percentage perform perhaps period permitted perquisite person
        personal pertain petition pgdn pgup phone physical picks picture piece pif pin pincode ping pipe pixels place
        placeholder plain plan planned plate plays please pmt png point policy poll por port portal portaldesk position
        possess possession possible post power practice pradesh pragma prd pre preauth prec precede preceding prefer
        preferred prefix prejudice preliminary prepare preprod prescribe presence present press presumptive preview
        previous price prima principal print printable prior private prn probe probing problem proc procedure proceed
        proceedings process prodid product profession professional profile profit program progress prohibit proj promise
        prompt proof proper property proportion propose proprietor prosecution protean protect protocol prove proven
        provide provider provision provisional proxy public publish puducherry punjab purchase purpose pursuant pushed
        put python qty quantity quantum quarantine quarter quash query question queue quick quiet quit quot quota
        quotation quote rail railway raise rajasthan ran random range rate rather raw rcm reach read readable reader
        readme ready real reason reasonable reassess reassessment rebate rec receipt receive receiver recent recipe
        recipient reckon reconcile reconciliation record recover recovery rectification rectify redacted redressal
        reduce ref refer reference referer refr refresh refreshtoken refund refusal refuse reg regard regime region
        regional register registration regular reject rejection rek relate relay release relevant relief reload rely
        remain remand remark remedy remembered remit remittance removal remove remuneration rename render renewed rent
        reopen repaint repay repeated repeats replace replacing replied replies reply report represent representation
        representative req reqtype request requestid require resend reset residence resident residual resolve resp
        respect respond respondent response rest restore result resume ret retention retired retried retries retry
        return rev reveal revenue reversal reverse review revise revision revocation revoke rfd rfn rgb right rmrk road
        robot role room root rotate rotating rotation round route row rowid royalty rpm rsa rsn rtn rule run running
        runtime rupee sac safari safe said salary sale same sandbox sat saturday save saving saw say sbin scales scan
        scanned sch schedule schema scheme scr screen script scrutinise scrutiny scrypt sealed search sec second secret
        section secure security see seek seem seen seize seizure sek select selection self seller send sender sendmail
        senior sent sep separator september seq sequence serial servc serve server service servlet sess session set
        setting settle settlement seven several severity sez sezwop sezwp sgst sha shall shape share shareholder sheet
        shift ship shipment shipped shipping short shorter shortfall should show shown side sidx sig sign signatory
        signature signer significant sigterm sikkim simulated simulation since sincerely single sir site six sixel size
        skipped slow small smaller sms smtp socket some somebody something soon soonest sord sort source space span
        speak special specific specified specify spent spl split spreadsheet sqlite srv stack staging stand standard
        standings start starttls state statement status statutory stay stcd stdin step still stipulate stmnttype stmt
        stock stood stop stopped stopping store storing story strange stray stream string sty style sub subject
        submission submit submitted subsection subsequent subsidy substr succeeded success successfully such suffice
        sufficient sum summaries summary summon sun sunday suo sup superintendent supplementary supplied supplier
        supplies supply support surcharge sure surfaces surrendered surrounds survey survives suspect suspend suspension
        svg swap swapped sweb swift switch sync synchronous sys system tab table tag tagged take taken tally tamil tan
        tar tax taxability taxable taxation taxpayer tbody tcs tdd tds team tec technical telangana tell temp template
        temporary ten tenant tenure term terminal territory test text than thank that the thead their them theme
        themselves then there therefore therein thereof thereon these they thing think third this those though thousand
        thread three throttle through thu thursday till time timeout timestamp title tls tmp tmux toast today together
        toggle token tokenno told tolerance tolerates tomcat toml tomorrow too took tool tot total totalpages totp
        touched toward trace trade trail trailer trans transaction transfer transin transit transition transp
        transparent transport transporter travel tray trd treat tribunal tried tries trigger trip tripsht tripura trn
        trouble true truly trust try tue tuesday turn turnover twelve twice two txn txt type uat uid ulimit ultimate
        unable unasked unattended unauthorised unauthorized unavailable unchanged unclear undefined under underline
        underscore understate understood undivided undo undocumented undone unexpected unexplained unfinished unfocused
        union unit unix unknown unless unlimited unlock unofficial unpacks unpaid unprocessable unquoted unread
        unreadable unregistered unsaved unseen unsigned untag untested until unusable unusual uom upd update upgrade
        upload upon upper uppercased upstream upto uqc urgent url urlencoded urp usable usage use user username usr
        usual utc utf utgst utilisation utilise uttar uttarakhand uuid vacate vacuum val valdtn valid validity valuation
        value vanished var vault vcalendar veh vehicl vehicle vendor verdict verification verified verifier verifies
        verify version versus very vevent via vide view violation void voluntary vouch voucher wait waive waiver wake
        want ward warehouse warn warnings warrant was watch way wealth web wed wednesday week weekday welcome well went
        were what whatever when where whereas whereby wherein whether which while who whoever whole wholly whom whose
        why widen width wilful will window wipe wiped wire wish with withdraw withdrawn withdrew withheld withhold
        within without woman word work worker workspace worth would wrap wrapped wrapping writ writable write writer
        written wrong wrote www xdg xhtml xml xterm xyz year yes yesterday yet you young your yourself yyyy zero zip
        zonal zone zoom
        """
}
