package problem

// The codes, by where they arise. Each has words in internal/i18n/locales/errors.*.json; a test holds the two together.
const (
	// Anything nobody foresaw. Values: detail.
	Unexpected Code = "unexpected"
	// The person stopped it.
	Cancelled Code = "cancelled"

	// What was typed. Values: field, value.
	Several       Code = "several"        // more than one field: count, and the Parts
	Missing       Code = "missing"        // a required field is empty: field
	NotAChoice    Code = "not_a_choice"   // field, value, choices
	NotANumber    Code = "not_a_number"   // field, value
	NotADuration  Code = "not_a_duration" // a length of time: field, value
	NotAnAmount   Code = "not_an_amount"  // money with its currency: field, value
	NotAnAddress  Code = "not_an_address" // an email address: field, value
	NotADate      Code = "not_a_date"     // field, value
	NoSuchDate    Code = "no_such_date"   // 31 February, or a wall time skipped by daylight saving: value
	AmbiguousTime Code = "ambiguous_time" // a wall time that happened twice: value, choices
	NoSuchZone    Code = "no_such_zone"   // value
	TimeInFuture  Code = "time_in_future" // a contact that has not happened yet: value
	TextTooLong   Code = "text_too_long"  // field, limit
	NotFound      Code = "not_found"      // kind, value
	AlreadyExists Code = "already_exists" // kind, value

	// The library.
	NoLibrary         Code = "no_library"         // path
	LibraryBusy       Code = "library_busy"       // another process holds it for maintenance: path
	LibraryNewer      Code = "library_newer"      // made by a newer program: path
	LibraryForeign    Code = "library_foreign"    // the folder holds something else: path
	LibraryDamaged    Code = "library_damaged"    // path, detail
	LibraryUnwritable Code = "library_unwritable" // the folder can't be written: path
	DiskFull          Code = "disk_full"          // path
	ContentMissing    Code = "content_missing"    // sha256
	ContentDamaged    Code = "content_damaged"    // sha256
	KeyringSilent     Code = "keyring_silent"     // a secret is in the keyring, which does not answer: value (its name)

	// Files given by the person.
	FileNotFound   Code = "file_not_found"  // path
	FileUnreadable Code = "file_unreadable" // path
	FileUnwritable Code = "file_unwritable" // path
	FileExists     Code = "file_exists"     // path
	FileNotOpened  Code = "file_not_opened" // opening it could start a program: path
	NotAMessage    Code = "not_a_message"   // path

	// The mail server.
	ServerUnknown          Code = "server_unknown"            // its name has no address: host
	ServerUnreachable      Code = "server_unreachable"        // host, port
	ServerSilent           Code = "server_silent"             // said nothing for too long: host
	ServerCut              Code = "server_cut"                // the connection ended in the middle: host
	ServerOdd              Code = "server_odd"                // broke the protocol or a limit: host, detail
	ServerRefusedTLS       Code = "server_refused_tls"        // no STARTTLS, or the handshake failed: host
	SignInRefused          Code = "sign_in_refused"           // wrong user or password: host, user
	CertificateUntrusted   Code = "certificate_untrusted"     // host, fingerprint (SPKI pin to give)
	CertificateMismatch    Code = "certificate_mismatch"      // not the pinned key: host, fingerprint
	ServerRefused          Code = "server_refused"            // it can or will not do it now: host, detail (its words)
	TooManyMessages        Code = "too_many_messages"         // a search matched more than can be reviewed: limit
	MailboxNotFound        Code = "mailbox_not_found"         // mailbox
	NoDraftsMailbox        Code = "no_drafts_mailbox"         // host
	MessageTooLarge        Code = "message_too_large"         // host, limit
	PasswordMissing        Code = "password_missing"          // variable
	ImportIncomplete       Code = "import_incomplete"         // failed
	RecordDoesNotHold      Code = "record_does_not_hold"      // count
	LibraryDoesNotHold     Code = "library_does_not_hold"     // count
	EditionNotReady        Code = "edition_not_ready"         // the press edition can not be made yet: edition
	DossierFailedSelfCheck Code = "dossier_failed_self_check" // path, detail
	WindowOpen             Code = "window_open"               // another window of this program is open
	NoWindow               Code = "no_window"                 // this build has no window
	Misused                Code = "misused"                   // the command line's words are off: detail
)
