package problem

// The codes, by where they arise. Each has words in internal/i18n/locales/errors.*.json; a test holds the two together.
const (
	// Anything nobody foresaw. Values: detail.
	Unexpected Code = "unexpected"
	// The person stopped it.
	Cancelled Code = "cancelled"

	// What was typed. Values: field, value.
	Several         Code = "several"           // more than one field: count, and the Parts
	Missing         Code = "missing"           // a required field is empty: field
	NotAChoice      Code = "not_a_choice"      // field, value, choices
	NotANumber      Code = "not_a_number"      // field, value
	NotADuration    Code = "not_a_duration"    // a length of time: field, value
	NotAnAmount     Code = "not_an_amount"     // money with its currency: field, value
	NotAnAddress    Code = "not_an_address"    // an email address: field, value
	NotAWebAddress  Code = "not_a_web_address" // one that starts with http or https: value
	NotAServer      Code = "not_a_server"      // no name or number of a computer: field, value
	NotAnArea       Code = "not_an_area"       // part of a picture: value
	NotAPicture     Code = "not_a_picture"     // an exhibit that can't be painted over: value
	NotASize        Code = "not_a_size"        // a number of bytes: field, value
	NotADate        Code = "not_a_date"        // field, value
	NoSuchDate      Code = "no_such_date"      // 31 February, or a wall time skipped by daylight saving: value
	WeekdayDiffers  Code = "weekday_differs"   // the day is no such weekday: value, day
	DueNeedsDay     Code = "due_needs_day"     // a due date without a day: field, value
	AmbiguousTime   Code = "ambiguous_time"    // a wall time that happened twice: value, choices
	NoSuchZone      Code = "no_such_zone"      // value
	PeriodBackwards Code = "period_backwards"  // the time of which a dossier tells ends before it begins
	TimeInFuture    Code = "time_in_future"    // a contact that has not happened yet: value
	TextTooLong     Code = "text_too_long"     // field, limit
	NotFound        Code = "not_found"         // kind, value
	AlreadyExists   Code = "already_exists"    // kind, value
	NothingChanges  Code = "nothing_changes"   // a correction says what is there already

	// Taking back, bringing back, erasing.
	CannotRetract    Code = "cannot_retract"    // an entry about the record itself: kind
	StillNamed       Code = "still_named"       // something that counts names it: kind, value (of what names it)
	AlreadyRetracted Code = "already_retracted" // value
	NotRetracted     Code = "not_retracted"     // value
	AlreadyErased    Code = "already_erased"    // value
	CannotMove       Code = "cannot_move"       // only some kinds go from one case to another: kind
	EraseNeedsYes    Code = "erase_needs_yes"   // nobody can be asked: count

	// The library.
	NoHome            Code = "no_home"            // the person has no folder of their own
	NoLibrary         Code = "no_library"         // path
	LibraryBusy       Code = "library_busy"       // another process holds it for maintenance: path
	LibraryInUse      Code = "library_in_use"     // others have it open, and it is needed alone: path
	LibraryNewer      Code = "library_newer"      // made by a newer program: path
	LibraryForeign    Code = "library_foreign"    // the folder holds something else: path
	LibraryDamaged    Code = "library_damaged"    // path, detail
	LibraryUnwritable Code = "library_unwritable" // the folder can't be written: path
	DiskFull          Code = "disk_full"          // path
	DiskFailed        Code = "disk_failed"        // the disk, or the way to it, reported an error: path
	FileTooLarge      Code = "file_too_large"     // the disk's format, or a limit of the account, takes none as large: path
	TooManyFiles      Code = "too_many_files"     // more can't be opened at once: path
	ContentMissing    Code = "content_missing"    // sha256
	ContentDamaged    Code = "content_damaged"    // sha256
	KeyringSilent     Code = "keyring_silent"     // a secret is in the keyring, which does not answer: value (its name)

	// Erasing, and taking in logs of other devices.
	NotErasable       Code = "not_erasable"         // an entry that the record itself is made of: value (its id)
	ImportDoesNotHold Code = "import_does_not_hold" // what came is not as it was recorded: count, where
	ImportContradicts Code = "import_contradicts"   // a log that is here already goes on in another way: log
	ImportErases      Code = "import_erases"        // it would erase entries, and nobody was asked: count

	// Backups. path is the folder's, and that of the object within it when an object is missing or damaged.
	BackupNoPlace       Code = "backup_no_place"       // no folder was chosen yet
	BackupNoFolder      Code = "backup_no_folder"      // path
	BackupNone          Code = "backup_none"           // the folder holds no backup that can be read: path
	BackupForeign       Code = "backup_foreign"        // the folder holds something else: path
	BackupNewer         Code = "backup_newer"          // made by a newer program: path
	BackupWrongKey      Code = "backup_wrong_key"      // it opens with another recovery key: path
	NotARecoveryKey     Code = "not_a_recovery_key"    // mistyped
	BackupKeyMissing    Code = "backup_key_missing"    // this computer has no recovery key
	BackupBusy          Code = "backup_busy"           // another process is making a backup there: path
	BackupUnwritable    Code = "backup_unwritable"     // path
	BackupUnreachable   Code = "backup_unreachable"    // the disk stopped answering, or reads back something else: path
	BackupFileTooLarge  Code = "backup_file_too_large" // larger than the disk's file system takes: path
	BackupObjectMissing Code = "backup_object_missing" // path
	BackupDamaged       Code = "backup_damaged"        // path
	BackupDoesNotHold   Code = "backup_does_not_hold"  // count
	BackupIncomplete    Code = "backup_incomplete"     // files were left out: count
	RestoreNeedsYes     Code = "restore_needs_yes"     // nobody can be asked whether to replace the library

	// Files given by the person.
	FileNotFound   Code = "file_not_found"  // path
	FileUnreadable Code = "file_unreadable" // path
	FileChanged    Code = "file_changed"    // it was written to while it was read: path
	FileUnwritable Code = "file_unwritable" // path
	FileExists     Code = "file_exists"     // path
	FileNotOpened  Code = "file_not_opened" // opening it could start a program: path
	FileNotShown   Code = "file_not_shown"  // the window can't show it, or had better not: path
	NotAMessage    Code = "not_a_message"   // path
	OutlookFile    Code = "outlook_file"    // a .msg or .pst, which only Outlook reads well: path
	NotACallLog    Code = "not_a_call_log"  // neither a phone's log nor a table
	LogTooLarge    Code = "log_too_large"   // limit

	// Archives of emails.
	MailArchiveUnreadable Code = "mail_archive_unreadable" // damaged, locked, or packed in an unusual way: path
	MailArchiveTooLarge   Code = "mail_archive_too_large"  // it unpacks to more than mail ever does: path

	// Dossiers.
	NotADossier        Code = "not_a_dossier"         // the file is none, or not a whole one: path
	MadeFileGone       Code = "made_file_gone"        // not where it was written, or not as it was made: name
	CertificateRefused Code = "certificate_refused"   // it can't be opened, is not valid now, or can't sign: path
	DossierDoesNotHold Code = "dossier_does_not_hold" // count

	// Bundles.
	NotABundle        Code = "not_a_bundle"         // path
	BundleNewer       Code = "bundle_newer"         // made by a newer program: path
	BundleLocked      Code = "bundle_locked"        // it is encrypted, and no passphrase or key was given: path
	BundleKeyWrong    Code = "bundle_key_wrong"     // the passphrase or key does not open it: path
	BundleDamaged     Code = "bundle_damaged"       // it is not as it was written, or was packed anew: where
	BundleNameRefused Code = "bundle_name_refused"  // a name in it leads elsewhere, or is none of a bundle: name
	BundleNameTwice   Code = "bundle_name_twice"    // name
	BundleLink        Code = "bundle_link"          // a symbolic link in it: name
	BundleCompressed  Code = "bundle_compressed"    // a file in it could unpack to any size: name
	BundleTooLarge    Code = "bundle_too_large"     // limit
	BundleDoesNotHold Code = "bundle_does_not_hold" // count
	BundleNotWhole    Code = "bundle_not_whole"     // it shows chosen entries, and can't be taken over: path
	BundleChanged     Code = "bundle_changed"       // what goes into it changed while it was written: where
	NotARecipient     Code = "not_a_recipient"      // no public key to encrypt for
	NoSuchField       Code = "no_such_field"        // none of the chosen entries has it: value

	// The mail server.
	ServerUnknown           Code = "server_unknown"            // its name has no address: host
	ServerUnreachable       Code = "server_unreachable"        // host, port
	ServerSilent            Code = "server_silent"             // said nothing for too long: host
	ServerCut               Code = "server_cut"                // the connection ended in the middle: host
	ServerOdd               Code = "server_odd"                // broke the protocol or a limit: host, detail
	ServerRefusedTLS        Code = "server_refused_tls"        // no STARTTLS, or the handshake failed: host
	SignInRefused           Code = "sign_in_refused"           // wrong user or password: host, user
	AppPasswordNeeded       Code = "app_password_needed"       // it says that it wants one: provider, user
	AppPasswordRefused      Code = "app_password_refused"      // it takes only those, and not this one: provider, user
	PasswordsRefused        Code = "passwords_refused"         // it takes no passwords from programs: provider
	IMAPSwitchedOff         Code = "imap_switched_off"         // the account's owner can switch it on: provider, user
	IMAPForbidden           Code = "imap_forbidden"            // by whoever runs the domain: provider
	SignInOrIMAPOff         Code = "sign_in_or_imap_off"       // it does not say which: provider, user
	WebSignInNeeded         Code = "web_sign_in_needed"        // it wants to see the person on its website first: provider, user
	TooManyRequests         Code = "too_many_requests"         // tries to sign in, commands, or bytes: provider
	TooManyConnections      Code = "too_many_connections"      // other programs have the mailbox open, too: provider
	NoIMAP                  Code = "no_imap"                   // it lets no other program in: provider
	MailServerUnknown       Code = "mail_server_unknown"       // nobody was asked where it is: domain
	MailServerNotFound      Code = "mail_server_not_found"     // neither the domain nor its names tell: domain
	CertificateUntrusted    Code = "certificate_untrusted"     // host, fingerprint (SPKI pin to give), certificate, subject, issuer, from, until, why
	CertificateMismatch     Code = "certificate_mismatch"      // not the pinned key: host, fingerprint
	ServerRefused           Code = "server_refused"            // it can or will not do it now: host, detail (its words)
	TooManyMessages         Code = "too_many_messages"         // a search matched more than can be reviewed: limit
	MailboxNotFound         Code = "mailbox_not_found"         // mailbox
	NoBrowser               Code = "no_browser"                // the system opens no web page
	OAuthDenied             Code = "oauth_denied"              // the person said no: provider
	OAuthTimedOut           Code = "oauth_timed_out"           // nobody answered in the browser: provider
	OAuthNeedsAdministrator Code = "oauth_needs_administrator" // leave is for whoever runs the domain to give: provider
	OAuthClientRefused      Code = "oauth_client_refused"      // the client id, or what belongs to it: provider
	OAuthExpired            Code = "oauth_expired"             // leave has ended, or was taken back: provider
	OAuthRefused            Code = "oauth_refused"             // another reason: provider, detail (its code)
	MailboxNeedsSecret      Code = "mailbox_needs_secret"      // its password was kept for a session that is over: mailbox
	NoDraftsMailbox         Code = "no_drafts_mailbox"         // host
	MessageTooLarge         Code = "message_too_large"         // host, limit
	// The service for time stamps.
	SealServiceMissing     Code = "seal_service_missing"     // none was chosen: choices
	SealServiceUnreachable Code = "seal_service_unreachable" // host
	SealServiceRefused     Code = "seal_service_refused"     // host, detail (its words)
	SealServiceOdd         Code = "seal_service_odd"         // answered what is not a time stamp of the request: host, detail

	PasswordMissing    Code = "password_missing"      // variable
	ImportIncomplete   Code = "import_incomplete"     // failed
	RecordDoesNotHold  Code = "record_does_not_hold"  // count
	LibraryDoesNotHold Code = "library_does_not_hold" // count
	SignatureMissing   Code = "signature_missing"     // no picture of the person's own signature is kept
	SignatureRefused   Code = "signature_refused"     // no picture, or nothing is drawn on it
	AddresseeOpen      Code = "addressee_open"        // several take it: choices
	ConsentMissing     Code = "consent_missing"       // of what names people
	// FilingIncomplete is what an addressee refuses a complaint without: addressee, missing.
	FilingIncomplete       Code = "filing_incomplete"
	DossierFailedSelfCheck Code = "dossier_failed_self_check" // path, detail
	WindowOpen             Code = "window_open"               // another window of this program is open
	NoWindow               Code = "no_window"                 // this build has no window
	Misused                Code = "misused"                   // the command line's words are off: detail
)
