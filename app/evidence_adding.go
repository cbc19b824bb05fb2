package app

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

// adding makes chosen files evidence, one after the other. What was added stays, whatever happens to those behind it.
type adding struct {
	desk  *desk
	work  *casework.Casework
	input EvidenceInput
	files []fileToAdd
	total int64 // bytes

	mu       sync.Mutex
	told     []FileOutcome
	entryIDs []string
}

// fileToAdd is one of them, with what was typed about it.
type fileToAdd struct {
	EvidenceFileInput
	path string
	size int64
}

// newAdding puts together what is to be added. Files that were done before are passed over.
func newAdding(d *desk, work *casework.Casework, input EvidenceInput, paths []string) (*adding, error) {
	a := &adding{desk: d, work: work, input: input}
	for _, file := range input.Files {
		if file.Place < 0 || file.Place >= len(paths) {
			return nil, notFound("file", input.SelectionID)
		}
		path := paths[file.Place]
		if path == "" {
			continue
		}
		next := fileToAdd{EvidenceFileInput: file, path: path}
		if info, err := os.Stat(path); err == nil { // one that is gone meanwhile is told when its turn comes
			next.size = info.Size()
		}
		a.total += next.size
		a.files = append(a.files, next)
		a.told = append(a.told, FileOutcome{Place: file.Place, Name: filepath.Base(path), State: fileWaiting})
	}
	return a, nil
}

// run adds the files. One that can't be read, changes meanwhile or is there already is told of, and those behind it are
// added; anything else would meet them, too, and ends the work.
//
// Files that are to be one exhibit get their number at the end, those that were added before the work ended too early
// as well.
func (a *adding) run(ctx context.Context, report func(casework.Progress)) (err error) {
	if a.input.OneExhibit {
		defer func() { err = errors.Join(err, a.number(context.WithoutCancel(ctx))) }()
	}
	progress := byteProgress{total: a.total, report: report}
	progress.tell(0)
	for i, file := range a.files {
		if err := ctx.Err(); err != nil {
			return err
		}
		added, err := a.work.AddEvidenceFile(ctx, file.path, casework.AddEvidence{
			CaseID: a.input.CaseID, Shows: file.Shows, When: file.When, ContactID: a.input.ContactID,
			Consent: casefile.Consent(file.Consent), NotExhibit: a.input.OneExhibit, OnlyNew: true, Progress: progress.tell,
		})
		a.tell(i, added, err)
		if err != nil && !isAboutOneFile(err) {
			return err
		}
		progress.finish(file.size)
	}
	if !slices.ContainsFunc(a.outcome().Files, func(f FileOutcome) bool { return f.State == fileFailed }) {
		a.desk.selections.forget(a.input.SelectionID)
	}
	return nil
}

// number makes one exhibit of the files that were added.
func (a *adding) number(ctx context.Context) error {
	added := a.outcome().EntryIDs
	if len(added) == 0 {
		return nil
	}
	exhibit, err := a.work.AssignExhibit(ctx, added...)
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.entryIDs = append(a.entryIDs, exhibit.ID)
	for i := range a.told {
		if a.told[i].State == fileAdded {
			a.told[i].Label = exhibit.Label
		}
	}
	return nil
}

// isAboutOneFile reports whether a problem is that of a single file.
func isAboutOneFile(err error) bool {
	found := problem.From(err)
	switch found.Code {
	case problem.FileNotFound, problem.FileUnreadable, problem.FileChanged:
		return true
	case problem.AlreadyExists:
		return found.Values["kind"] == "evidence"
	}
	return false
}

// tell notes how it went with one file. What is done with is not added again when the rest is.
func (a *adding) tell(i int, added casework.Added, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	outcome := &a.told[i]
	switch {
	case err == nil:
		outcome.State, outcome.Label = fileAdded, added.Label
		a.entryIDs = append(a.entryIDs, added.ID)
	case problem.From(err).Code == problem.AlreadyExists:
		outcome.State, outcome.Label = fileKnown, problem.From(err).Values["value"]
	case errors.Is(err, context.Canceled), errors.Is(err, problem.New(problem.Cancelled, nil)):
		return // it is waiting still
	default:
		failure := failureOf(err)
		if isAboutOneFile(err) {
			failure.Values["path"] = outcome.Name // the page is told names, not places
		}
		text, _ := json.Marshal(failure) // strings only: it can't fail
		outcome.State, outcome.Failure = fileFailed, string(text)
		return
	}
	a.desk.selections.done(a.input.SelectionID, a.files[i].Place)
}

func (a *adding) outcome() EvidenceOutcome {
	a.mu.Lock()
	defer a.mu.Unlock()
	return EvidenceOutcome{Files: append([]FileOutcome{}, a.told...), EntryIDs: append([]string{}, a.entryIDs...)}
}

// outcomes are the jobs that added evidence, by their ids.
type outcomes struct {
	mu   sync.Mutex
	jobs map[string]*adding
}

func (o *outcomes) keep(jobID string, job *adding) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.jobs == nil {
		o.jobs = map[string]*adding{}
	}
	o.jobs[jobID] = job
}

func (o *outcomes) find(jobID string) (*adding, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	found, ok := o.jobs[jobID]
	return found, ok
}

// byteProgress tells the page how many bytes were read of all files together, a few hundred times in all.
type byteProgress struct {
	total  int64
	before int64 // of the files that are done
	last   int64 // what was told last
	report func(casework.Progress)
}

// smallestStep is the least that is told, in bytes.
const smallestStep = 256 << 10

// tell takes how much of the file at hand was read.
func (p *byteProgress) tell(read int64) {
	done := min(p.before+read, p.total)
	if done != 0 && done != p.total && done-p.last < max(smallestStep, p.total/200) {
		return
	}
	p.last = done
	p.report(casework.Progress{What: "keeping", Done: done, Total: p.total})
}

// finish is told that the file at hand is done with, and how large it was.
func (p *byteProgress) finish(size int64) {
	p.before += size
	p.tell(0)
}
