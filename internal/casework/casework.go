// Package casework is what a person can do with their record: one file for each thing. The window and the command line
// call it, and nothing else; it is the only caller of the library's Append.
//
// What comes in is what was typed. Each method checks it, turns it into entries of one operation, and gives back ids.
// What is wrong with the input is a *problem.Problem that names the field, and several at once are one problem.Several.
package casework

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"path/filepath"
	"sync"
	"time"

	"constancia/internal/library"
	"constancia/internal/mail/message"
	"constancia/internal/problem"
	"constancia/internal/record"
	"constancia/internal/secret"
)

// Program is the name and version that stand in provenance and dossiers.
const Program = "Constancia 0.1.0"

// Options say which library to work on and what stands in for the outside world.
type Options struct {
	Directory string
	// Create makes the library when the folder holds none.
	Create bool
	// State is the folder for what does not lie in the library: the device's key where the system has no keyring, and the
	// last heads of the logs. See [DefaultState].
	State string
	// Clock is the time now; nil is time.Now.
	Clock func() time.Time
	// Random gives salts; nil is crypto/rand.
	Random io.Reader
	// LookupTXT asks the domain name system for the keys of signatures: see [DefaultLookup]. With nil nobody is asked,
	// and what needs a key waits for one.
	LookupTXT KeyLookup
	// Progress is told how far it is when a library of an earlier program is brought up to date; nil tells nobody.
	Progress func(Progress)
}

// Casework is an open library together with all that a person can do with it. It is safe for concurrent use.
type Casework struct {
	library *library.Library
	secrets *secret.Store
	session sessionSecrets
	clock   func() time.Time
	random  io.Reader
	// lookupTXT asks for the keys of signatures; nil where nobody is to be asked.
	lookupTXT KeyLookup
	// watching is held by whoever changes which cases are watched for new emails.
	watching sync.Mutex
	// keeping is held by whoever asks for the keys that had to wait.
	keeping sync.Mutex
	// migratedFrom is the copy of the library's database that was kept when opening it brought it up to date.
	migratedFrom string
}

// Progress tells how far a long piece of work is. Total is 0 while it is not known.
type Progress struct {
	// What is the code of what is being done: searching, fetching, importing, reading, drawing, sealing, migrating.
	What string
	// Done of Total are things, or bytes where what is being done goes by bytes: importing.
	Done  int64
	Total int64
	// Count is how many things were found in these bytes.
	Count int64
}

// Open opens a library.
//
// Problems: no_library, library_busy, library_newer, library_foreign, library_damaged, library_unwritable, disk_full.
func Open(ctx context.Context, o Options) (*Casework, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.State == "" {
		return nil, errors.New("a state folder must be named")
	}
	c := &Casework{secrets: secret.Open(filepath.Join(o.State, "keys")), clock: o.Clock, random: o.Random, lookupTXT: o.LookupTXT}
	var err error
	c.library, err = library.Open(ctx, library.Options{
		Directory: o.Directory, Create: o.Create, Clock: o.Clock, Random: o.Random, Keys: c.secrets, State: o.State,
		ReadMessage: message.Read, ReadText: message.ReadText, Reader: message.Reader, Migrating: func(m library.Migration) { c.migrating(m, o.Progress) },
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// Close lets go of the library.
func (c *Casework) Close() error { return c.library.Close() }

// Now is the time by the clock that entries are recorded with.
func (c *Casework) Now() time.Time { return c.clock() }

// Directory is the library's folder.
func (c *Casework) Directory() string { return c.library.Directory() }

// OpenContent gives the unaltered bytes of a file or message by its SHA-256.
//
// Problems: content_missing, content_damaged.
func (c *Casework) OpenContent(ctx context.Context, sha256 string) (io.ReadCloser, error) {
	return c.library.OpenContent(ctx, sha256)
}

// OpenContentInParts gives the unaltered bytes of a file to read from any place, by its SHA-256. The whole was held against
// it before the first byte is given.
//
// Problems: content_missing, content_damaged.
func (c *Casework) OpenContentInParts(ctx context.Context, sha256 string) (io.ReadSeekCloser, error) {
	return c.library.OpenContentInParts(ctx, sha256)
}

// operation gathers the entries of one thing a person did, and what is wrong with what they typed.
type operation struct {
	known    library.Known
	drafts   []library.Draft
	problems []*problem.Problem
}

// record does one thing to a case: build fills the operation, and its entries are appended together, unless something
// typed was wrong: then nothing is written.
func (c *Casework) record(ctx context.Context, caseID string, build func(*operation)) error {
	return c.library.AppendTo(ctx, caseID, func(known library.Known) ([]library.Draft, error) {
		o := &operation{known: known}
		build(o)
		return o.drafts, o.wrongs()
	})
}

// check finds what is wrong with something typed about a case, and writes nothing.
func (c *Casework) check(ctx context.Context, caseID string, build func(*operation)) error {
	return c.library.AppendTo(ctx, caseID, func(known library.Known) ([]library.Draft, error) {
		o := &operation{known: known}
		build(o)
		return nil, o.wrongs()
	})
}

// requireOf fails with not_found unless the case has a thing of a kind with that id. An empty id names nothing.
func (c *Casework) requireOf(ctx context.Context, caseID string, kind record.Kind, id string) error {
	if id == "" {
		return nil
	}
	thing, err := library.Thing[struct {
		CaseID string `json:"case"`
	}](ctx, c.library, kind, id)
	if err == nil && thing.Value.CaseID != caseID {
		return problem.New(problem.NotFound, problem.Values{"kind": string(kind), "value": id})
	}
	return err
}

// wrongs is what is wrong with what was typed, or nil.
func (o *operation) wrongs() error { return problem.Join(o.problems) }

// add puts one entry into the operation and returns its id.
func (o *operation) add(kind record.Kind, payload any) string {
	id := library.NewID()
	o.drafts = append(o.drafts, library.Draft{Kind: kind, ID: id, CaseID: o.known.Case.ID, Payload: payload})
	return id
}

func report(to func(Progress), progress Progress) {
	if to != nil {
		to(progress)
	}
}
