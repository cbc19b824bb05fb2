// Package bundle is the record of a case as one file that leaves the computer: a zip that everybody's tools open, with
// the log, or chosen entries of it with their proofs, the signed heads, the time stamps, the kept files, and what a
// stranger needs to check all of it without this program. record/FORMAT.md tells its form, in section 10.
//
// A bundle proves what its record proves, that nothing was changed since it was sealed, and not that what it says is true.
//
// The package reads bundles as something hostile, writes no file by itself and asks no clock.
package bundle

import (
	"context"
	"io"
	"time"

	"filippo.io/age"

	"constancia/internal/record"
)

// Format is the number of the bundles that this package writes.
const Format = 1

// Contents is what goes into a bundle.
type Contents struct {
	CaseID string
	// MadeAt and Program say when, by this machine's clock, and by which program the bundle is made.
	MadeAt  time.Time
	Program string
	// Logs are all logs of the case.
	Logs []Log
	// Chosen are the entries to show; nil shows all of all logs.
	Chosen []Chosen
	Seals  []Seal
	Files  []File
	// Without are the SHA-256, in lower-case hex, of files that the shown entries name and that are not enclosed because
	// they are gone or damaged.
	Without []string
}

// Log is one log as it was when its head was made.
type Log struct {
	// Head is signed, and Key is what checks the signature: see [record.OpenHead]. It is signed by the log's own device, or
	// by that of another log of the case, which then vouches for what it has of this one.
	Head []byte
	Key  string
	// Hashes are the stored hashes of the log's tree.
	Hashes record.HashReader
	// Entries visits the log's entries in order of sequence. What was appended after the head is passed over. It is asked
	// twice, and not at all for a bundle of chosen entries.
	Entries func(ctx context.Context, visit func(record.Stored) error) error
	// Device is the entry that says which key is the log's own, nil when the log has none. It is always shown in full.
	Device *record.Stored
}

// Chosen is an entry to show.
type Chosen struct {
	record.Stored
	// Pointers are the fields to show (RFC 6901), each with what is below it; nil shows all. Whatever is shown of an array
	// shows the whole array, as nobody could see that the rest of it is missing.
	Pointers []string
}

// Seal is a time stamp over a head of one of the logs, as the seal entry at Sequence has it.
type Seal struct {
	LogID    string
	Sequence int64
	// Head is the signed head, Token the DER of what the service answered (RFC 3161, section 2.4.2).
	Head  []byte
	Token []byte
}

// File is a file that the record names by its hash.
type File struct {
	// SHA256 is lower-case hex.
	SHA256 string
	// Extension helps others to open it: see [CleanExtension].
	Extension string
	// Open is asked twice.
	Open func(ctx context.Context) (io.ReadCloser, error)
}

// Options is how a bundle is written.
type Options struct {
	// Language of VERIFY.txt: en, es or ca.
	Language string
	// Recipient is for whom the bundle is encrypted: somebody's key, or a passphrase. nil leaves it readable for all.
	Recipient age.Recipient
	// Progress is told how many bytes are done, of how many. nil is nobody.
	Progress func(done, total int64)
}

// about is bundle.json: what the bundle is, before anything in it was looked at.
type about struct {
	Case    string   `json:"case"`
	Format  int64    `json:"format"`
	MadeAt  string   `json:"made_at"`
	Program string   `json:"program"`
	Whole   bool     `json:"whole"`
	Without []string `json:"without"`
}
