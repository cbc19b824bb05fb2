package app

import (
	"context"
	"encoding/json"
	"errors"
	"sync"

	"github.com/google/uuid"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

// eventJob carries a JobReport to the page.
const eventJob = "job"

// States of a job.
const (
	jobRunning   = "running"
	jobDone      = "done"
	jobFailed    = "failed"
	jobCancelled = "cancelled"
)

// jobs are the long pieces of work: the bridge has no cancelling and no progress of its own, so each is started by one
// call, reported by events, and cancelled by its id.
type jobs struct {
	ctx  context.Context
	emit func(name string, data any)

	mu      sync.Mutex
	cancel  map[string]context.CancelFunc
	results map[string]string // paths of the files that jobs made
	running sync.WaitGroup
}

func newJobs(ctx context.Context, emit func(string, any)) *jobs {
	return &jobs{ctx: ctx, emit: emit, cancel: map[string]context.CancelFunc{}, results: map[string]string{}}
}

// start runs work beside the page and returns the job's id. work returns the path of the file it made, if any.
func (j *jobs) start(work func(ctx context.Context, report func(casework.Progress)) (string, error)) string {
	id := uuid.NewString()
	ctx, cancel := context.WithCancel(j.ctx)
	j.mu.Lock()
	j.cancel[id] = cancel
	j.mu.Unlock()
	j.running.Go(func() {
		defer cancel()
		path, err := j.run(ctx, id, work)
		j.mu.Lock()
		delete(j.cancel, id)
		if err == nil && path != "" {
			j.results[id] = path
		}
		j.mu.Unlock()
		j.emit(eventJob, lastReport(id, path, err))
	})
	return id
}

func (j *jobs) run(ctx context.Context, id string,
	work func(ctx context.Context, report func(casework.Progress)) (string, error)) (path string, err error) {
	defer guard(&err)
	return work(ctx, func(p casework.Progress) {
		j.emit(eventJob, JobReport{ID: id, State: jobRunning, Stage: p.What, Done: p.Done, Total: p.Total, Count: p.Count})
	})
}

func lastReport(id, path string, err error) JobReport {
	report := JobReport{ID: id, State: jobDone, FileName: path}
	switch {
	case err == nil:
	case errors.Is(err, context.Canceled), errors.Is(err, problem.New(problem.Cancelled, nil)):
		report.State, report.FileName = jobCancelled, ""
	default:
		report.State, report.FileName = jobFailed, ""
		text, _ := json.Marshal(failureOf(err)) // strings only: it can't fail
		report.Failure = string(text)
	}
	return report
}

// stop cancels a job. One that is over, or was never there, is left alone.
func (j *jobs) stop(id string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if cancel, ok := j.cancel[id]; ok {
		cancel()
	}
}

// result is the path of the file that a job made.
func (j *jobs) result(id string) (string, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	path, ok := j.results[id]
	if !ok {
		return "", problem.New(problem.NotFound, problem.Values{"kind": "file", "value": id})
	}
	return path, nil
}

// end cancels what runs and waits for it.
func (j *jobs) end() {
	j.mu.Lock()
	for _, cancel := range j.cancel {
		cancel()
	}
	j.mu.Unlock()
	j.running.Wait()
}
