package app

import (
	"context"
	"sync"

	"constancia/internal/casework"
)

// answers are what jobs of one sort found out, by the jobs' ids: a job's report has room for the path of a file alone.
type answers[Answer any] struct {
	mu    sync.Mutex
	found map[string]Answer
}

// start runs work as a job and returns the job's id. work gives what it found out, and the path of the file it made, if any.
func (a *answers[Answer]) start(
	jobs *jobs, work func(ctx context.Context, report func(casework.Progress)) (answer Answer, path string, err error),
) string {
	named := make(chan string, 1) // the job's id, which is known once it runs
	id := jobs.start(func(ctx context.Context, report func(casework.Progress)) (string, error) {
		id := <-named
		answer, path, err := work(ctx, report)
		if err == nil {
			a.keep(id, answer)
		}
		return path, err
	})
	named <- id
	return id
}

func (a *answers[Answer]) keep(jobID string, answer Answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.found == nil {
		a.found = map[string]Answer{}
	}
	a.found[jobID] = answer
}

// of gives what a job found out, once it is done.
func (a *answers[Answer]) of(jobID string) (Answer, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	answer, known := a.found[jobID]
	if !known {
		return answer, notFound("answer", jobID)
	}
	return answer, nil
}
