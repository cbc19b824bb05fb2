// Package backup keeps copies of a library in a folder that may lie anywhere: on a disk that is plugged in now and then,
// in a folder that some service carries elsewhere, on a server. Nobody can read it without the recovery key.
//
// A copy is a snapshot: a list of the logs with their heads, and of the objects that hold the entries and the files.
// Objects are encrypted with age (https://age-encryption.org/v1), written once, and shared by the snapshots that follow.
// Each device writes in a folder of its own, so that two of them, or a service that copies in its own time, never
// disturb one another. FORMAT.md has the format.
//
// Its promises: an object has its name only when it was on disk, read again and found whole; a snapshot is written after
// all that it names; a snapshot goes only when everything in it is in the newer one; and what was erased from the
// library can't be read from the folder any more, since each entry is sealed under a key of its own.
package backup

import (
	"context"
	"io"
	"time"

	"constancia/internal/record"
)

// Log is one log of a library as it was at one moment.
type Log struct {
	ID       string `json:"log_id"`
	DeviceID string `json:"device_id"`
	// CaseID is empty for the log of a library itself.
	CaseID string `json:"case_id,omitempty"`
	// Tree is that of the log's entries at that moment.
	Tree record.Tree `json:"-"`
	// SignedHead is a signed head of this log, of this moment or an earlier one, and VerifierKey the key that checks it
	// (package record). Both are empty where the library has none.
	SignedHead  string `json:"signed_head,omitempty"`
	VerifierKey string `json:"verifier_key,omitempty"`
	// LastRecordedAt is when the last of the entries was recorded, in record.TimeLayout.
	LastRecordedAt string `json:"last_recorded_at"`
}

// Entry is an entry with the key that it is sealed under: 32 bytes that belong to this entry alone and are never used
// for another, which the library forgets when it erases the entry. An erased entry has neither payload nor key.
type Entry struct {
	record.Stored
	Key [32]byte
}

// Source is the library that a backup is made of. Logs fixes what the backup holds; entries are only ever added behind
// it, so others may append meanwhile. Nothing may be erased meanwhile.
type Source interface {
	// Logs lists the logs that have entries.
	Logs(ctx context.Context) ([]Log, error)
	// TreeAt is the tree of a log's first size entries.
	TreeAt(ctx context.Context, logID string, size int64) (record.Tree, error)
	// Entries gives visit the entries of a log from sequence after+1 to last, in order.
	Entries(ctx context.Context, logID string, after, last int64, visit func(Entry) error) error
	// Erased gives visit the ids of the entries that the record says were erased.
	Erased(ctx context.Context, visit func(entryID string) error) error
	// Contents lists the files that the record names, by SHA-256 in lower-case hex, each once.
	Contents(ctx context.Context) ([]string, error)
	// OpenContent gives a file's bytes. A problem content_missing or content_damaged, from it or from Read, leaves the file
	// out of the backup, and the report says so.
	OpenContent(ctx context.Context, sha256 string) (io.ReadCloser, error)
}

// Progress tells how far a backup, a check or a restore is. Total is 0 while it is not known.
type Progress struct {
	What  Step
	Done  int64
	Total int64
}

// Step is what is being done.
type Step string

// Steps.
const (
	WritingEntries Step = "backup_entries"
	WritingFiles   Step = "backup_files"
	Checking       Step = "backup_checking"
	Restoring      Step = "backup_restoring"
)

// What a check of a folder can find, beside what [record.Checker] finds.
const (
	ObjectMissing   record.What = "backup_object_missing"   // something that a snapshot names is not there
	ObjectDamaged   record.What = "backup_object_damaged"   // it is there, and not as it was written
	SnapshotDamaged record.What = "backup_snapshot_damaged" // the snapshot itself is not as it was written
	HeadDiffers     record.What = "backup_head_differs"     // the entries are not those of the head in the snapshot
	FileLeftOut     record.What = "backup_file_left_out"    // the library could not give a file when the snapshot was made
)

// Summary says in a few figures what a snapshot, or a library, holds.
type Summary struct {
	Cases   int64 `json:"cases"`
	Entries int64 `json:"entries"`
	Files   int64 `json:"files"`
	// LastEntry is when the latest entry was recorded, in record.TimeLayout; empty when there is none.
	LastEntry string `json:"last_entry,omitempty"`
}

// summarise counts what logs and files hold.
func summarise(logs []Log, files int) Summary {
	summary := Summary{Files: int64(files)}
	cases := map[string]bool{}
	for _, log := range logs {
		summary.Entries += log.Tree.Size
		summary.LastEntry = max(summary.LastEntry, log.LastRecordedAt)
		if log.CaseID != "" {
			cases[log.CaseID] = true
		}
	}
	summary.Cases = int64(len(cases))
	return summary
}

// stamp is how a time stands in names: RFC 3339 without the signs that some file systems refuse.
func stamp(at time.Time) string { return at.UTC().Format("20060102T150405Z") }
