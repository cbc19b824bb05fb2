package app

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/problem"
	"constancia/internal/sample/demo"
)

// desk is what the services share: the open library, which is the person's own or the sample's, and the window's means.
// Two pages can run on one desk (a dev build has a window and a browser), so everything that starts can start twice.
type desk struct {
	own    string // folder of the person's library
	sample string // folder of the sample dispute's library
	state  string // folder of what belongs to the window: drafts, settings
	clock  func() time.Time
	// lookupKeys asks for the keys of the signatures of emails; nil asks nobody.
	lookupKeys casework.KeyLookup

	// begun is closed when the window has started: the page loads beside that and may ask first. refused is why this
	// window may not work, if it may not.
	begun   chan struct{}
	refused error
	ctx     context.Context
	cancel  context.CancelFunc
	emit    func(name string, data any)
	dialogs dialogs
	open    opener
	jobs    *jobs
	// background is what goes on without being asked.
	background sync.WaitGroup

	mu         sync.RWMutex
	casework   *casework.Casework // nil until the page asks for it
	sampleOpen bool
	// away says that nobody may have the library open now, see [desk.without].
	away bool

	selections selections
	callLogs   callLogs
	mailFiles  mailFiles
	mail       mailReviews
	watcher    watcher
	outcomes   outcomes
	links      links
	originals  originals
	previews   dossierPreviews
	sealed     answers[sealedFile]
	checked    answers[DossierCheck]
	made       madeFiles
	counted    countedFigures
	// copies are folders with copies of files that were looked at.
	copies []string
	// spoken is the language the system speaks, and systemZone its time zone's name, as the page found them.
	spoken     i18n.Language
	systemZone string
	// floating is the window while it is the small one.
	floating floating
}

func newDesk(library, state string) *desk {
	library = filepath.Clean(library) // without a slash at its end, behind which the sample's folder would lie in it
	return &desk{
		own: library, sample: library + "-sample", state: state, begun: make(chan struct{}), clock: time.Now,
		open: systemOpener{}, spoken: i18n.English, watcher: newWatcher()}
}

// begin gives the desk the means that exist once the window does.
func (d *desk) begin(ctx context.Context, dialogs dialogs, emit func(string, any)) {
	d.ctx, d.cancel = context.WithCancel(ctx)
	d.dialogs, d.emit = dialogs, emit
	d.jobs = newJobs(d.ctx, emit)
	d.background.Go(func() { d.keepSealed(d.ctx) })
	d.background.Go(func() { d.catchUp(d.ctx) })
	d.background.Go(func() { d.watchMail(d.ctx) })
	close(d.begun)
}

// refuse starts a window that may not work, and says why to its page.
func (d *desk) refuse(err error) {
	d.refused = err
	close(d.begun)
}

// end lets go of everything, when the window is closed.
func (d *desk) end() {
	if d.cancel == nil {
		return
	}
	d.cancel()
	d.jobs.end()
	d.background.Wait()
	d.mail.end()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.letGo()
	for _, folder := range d.copies {
		_ = os.RemoveAll(folder) // one that is still being looked at may stay: it is the system's to clear
	}
}

// copied remembers a folder to clear when the window is closed.
func (d *desk) copied(folder string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.copies = append(d.copies, folder)
}

// raise brings the window to the front, when a second one was asked for.
func (d *desk) raise() {
	select {
	case <-d.begun:
	default:
		return // it is coming up anyway
	}
	if d.refused != nil {
		return
	}
	runtime.WindowUnminimise(d.ctx)
	runtime.Show(d.ctx)
}

// work gives the open library, and opens the person's own the first time.
func (d *desk) work() (*casework.Casework, error) {
	<-d.begun
	if d.refused != nil {
		return nil, d.refused
	}
	d.mu.RLock()
	opened := d.casework
	d.mu.RUnlock()
	if opened != nil {
		return opened, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.away:
		return nil, problem.New(problem.LibraryBusy, problem.Values{"path": d.own})
	case d.casework != nil:
		return d.casework, nil
	}
	err := d.enter(d.own, false)
	return d.casework, err
}

// without does something for which nobody may have the person's library open. Meanwhile the page is told that it is busy;
// afterwards the library that is there then is opened.
func (d *desk) without(do func() error) error {
	d.mu.Lock()
	d.letGo()
	d.away = true
	d.mu.Unlock()
	err := do()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.away = false
	if opening := d.enter(d.own, false); err == nil {
		err = opening
	}
	return err
}

// show opens the sample's library, or the person's own, in place of the one that is open.
func (d *desk) show(folder string, isSample bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.casework != nil && d.sampleOpen == isSample {
		return nil
	}
	return d.enter(folder, isSample)
}

// enter opens the library in a folder in place of the one that is open. The caller holds the lock.
func (d *desk) enter(folder string, isSample bool) error {
	clock, lookup := d.clock, d.lookupKeys
	if isSample {
		clock, lookup = demo.Evening().Now, nil
	}
	opened, err := casework.Open(d.ctx, casework.Options{
		Directory: folder, Create: !isSample, State: d.state, Clock: clock, LookupTXT: lookup})
	if err != nil {
		return err
	}
	d.letGo()
	d.casework, d.sampleOpen = opened, isSample
	d.watcher.ring()
	return nil
}

// letGo closes the open library. The caller holds the lock.
func (d *desk) letGo() {
	if d.casework != nil {
		_ = d.casework.Close()
		d.casework = nil
	}
}

func (d *desk) isSampleOpen() bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.sampleOpen
}

// sampleMade reports whether the sample's library is there.
func (d *desk) sampleMade() bool {
	_, err := os.Stat(filepath.Join(d.sample, "constancia.db"))
	return err == nil
}

// services are what the page can call.
func (d *desk) services() []any {
	return []any{
		&CallLogs{d},
		&Backups{desk: d},
		&Calls{desk: d},
		&Cases{d},
		&Contacts{d},
		&Dates{d},
		&Dossiers{d},
		&Drafts{d},
		&Entries{d},
		&Evidence{d},
		&Totals{d},
		&Many{d},
		&Mailboxes{desk: d},
		&Messages{d},
		&People{d},
		&Promises{d},
		&Record{d},
		&Runaround{d},
		&Sample{d},
		&Seals{d},
		&Today{d},
		&Window{d},
		&History{d},
		&Corrections{d},
		&Endings{d},
		&Mail{d},
		&Watches{d},
	}
}

// notFound says that something a page asked for by its id is not there.
func notFound(kind, id string) error {
	return problem.New(problem.NotFound, problem.Values{"kind": kind, "value": id})
}
