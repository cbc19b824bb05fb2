// Package demo does the product's whole job on the sample dispute, through the services that a person uses: a record is
// kept, mail is imported over IMAP and TLS, dossiers are made, and one of them goes into a draft.
//
// It checks what it claims: the bytes of each stored message are those the server holds, and the dossier comes out of the
// draft whole. The demonstration takes place on the last evening of the story, so that it tells the same whenever it is
// run: its clock, by which entries are recorded and dossiers dated, stands there.
package demo

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/mail/imap"
	"constancia/internal/problem"
	"constancia/internal/sample"
	"constancia/internal/sample/mailserver"
	"constancia/internal/secret"
)

// Options say where the demonstration leaves its files, and in what language the dispute is told.
type Options struct {
	// Directory gets the library and the files. It is made when absent; what is there is never replaced.
	Directory string
	// State is the program's state folder, see [casework.Options].
	State    string
	Language i18n.Language // of the case; dossiers are made in all of them
	Report   func(casework.Progress)
}

// Result tells what the demonstration did and where it lies.
type Result struct {
	Library  string
	Case     string
	Dossiers []string
	Figures  casefile.Figures
	// Import counts the messages that came over IMAP. Each was compared with what the server holds.
	Import casework.ImportResult
	// Draft is the email with a dossier, as a file; DraftMailbox is where it lies on the demonstration's mail server. The
	// dossier was read back whole from both.
	Draft        string
	DraftMailbox string
	Took         Took
}

// Took is how long the parts of the demonstration took. Exporting is the three dossiers.
type Took struct{ Logging, Importing, Exporting, Drafting, All time.Duration }

// Codes of [casework.Progress] that only the demonstration has.
const (
	Logging  = "logging"  // the dispute is put on record
	Checking = "checking" // what was stored is compared with what was served
	Drafting = "drafting" // a dossier goes into a draft
)

// Run does the whole job. What it made stays when it fails, so that it can be looked at.
//
// Problems: file_exists, file_unwritable, and those of what it does.
func Run(ctx context.Context, o Options) (Result, error) {
	begun := time.Now()
	d := demonstration{Options: o}
	if err := d.prepare(); err != nil {
		return d.Result, err
	}
	err := d.do(ctx)
	d.Took.All = time.Since(begun)
	return d.Result, err
}

// demonstration is what the steps share, and what comes of them.
type demonstration struct {
	Options
	Result
	clock    Clock
	server   *mailserver.Server
	casework *casework.Casework
}

// do takes the steps, with a mail server that runs and a library that is open.
func (d *demonstration) do(ctx context.Context) (err error) {
	if d.server, err = mailserver.Start(ctx, mailboxes(d.Language)); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.server.Close()) }()
	d.casework, err = casework.Open(ctx, casework.Options{Directory: d.Library, Create: true, State: d.State, Clock: d.clock.Now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.casework.Close()) }()
	var untimed time.Duration
	for _, step := range []struct {
		do   func(context.Context) error
		took *time.Duration
	}{
		{d.log, &d.Took.Logging}, {d.importMail, &d.Took.Importing}, {d.checkMail, &untimed},
		{d.pinWritten, &untimed}, {d.exportDossiers, &d.Took.Exporting}, {d.writeDrafts, &d.Took.Drafting}, {d.count, &untimed},
	} {
		started := time.Now()
		if err := step.do(ctx); err != nil {
			return err
		}
		*step.took = time.Since(started)
	}
	return nil
}

// prepare makes the folder, and refuses one in which something would be replaced.
func (d *demonstration) prepare() error {
	if err := os.MkdirAll(d.Directory, 0o700); err != nil {
		return problem.Wrap(err, problem.FileUnwritable, problem.Values{"path": d.Directory})
	}
	d.Library = filepath.Join(d.Directory, "library")
	d.Draft = filepath.Join(d.Directory, "draft-"+string(d.Language)+".eml")
	for _, language := range i18n.Languages() {
		d.Dossiers = append(d.Dossiers, d.dossier(language))
	}
	for _, path := range append([]string{d.Library, d.Draft}, d.Dossiers...) {
		if _, err := os.Lstat(path); err == nil {
			return problem.New(problem.FileExists, problem.Values{"path": path})
		}
	}
	return nil
}

func (d *demonstration) dossier(language i18n.Language) string {
	return filepath.Join(d.Directory, "dossier-"+string(language)+".pdf")
}

func (d *demonstration) log(ctx context.Context) (err error) {
	d.report(Logging)
	d.Case, err = Log(ctx, d.casework, d.Language, &d.clock)
	d.clock.run(evening)
	return err
}

func (d *demonstration) pinWritten(ctx context.Context) error {
	return PinWritten(ctx, d.casework, d.Case, d.Language)
}

func (d *demonstration) exportDossiers(ctx context.Context) error {
	for _, language := range i18n.Languages() {
		_, err := d.casework.ExportDossier(ctx, casework.ExportDossier{
			CaseID: d.Case, Language: language, Out: d.dossier(language),
		}, d.Report)
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *demonstration) count(ctx context.Context) (err error) {
	d.Figures, err = d.casework.Figures(ctx, d.Case)
	return err
}

func (d *demonstration) report(what string) {
	if d.Report != nil {
		d.Report(casework.Progress{What: what})
	}
}

// Who signs in to the demonstration's mail server. It is reached from this machine only, and lives as long as the
// demonstration.
const (
	user     = "elena.martorell@buzon.example"
	password = "only for the demonstration"
)

func (d *demonstration) account() imap.Account {
	return imap.Account{
		Host: sample.MailServer, Port: 993, At: net.JoinHostPort(d.server.Host, strconv.Itoa(d.server.Port)), Security: imap.TLS, User: user, Password: secret.NewText(password),
		Pin: imap.Pin(d.server.SPKI),
	}
}

func mailboxes(language i18n.Language) mailserver.Options {
	inbox := mailserver.Mailbox{Name: "INBOX"}
	for _, mail := range sample.Mailbox(language) {
		inbox.Messages = append(inbox.Messages, mailserver.Message{Raw: mail.Raw, InternalDate: mail.InternalDate})
	}
	return mailserver.Options{
		User: user, Password: password,
		Mailboxes: []mailserver.Mailbox{inbox, {Name: "Drafts", Drafts: true}},
	}
}
