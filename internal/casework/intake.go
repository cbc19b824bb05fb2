package casework

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// A batch of messages becomes durable together: the price of one commit for many, and little to fetch again after a cut.
const (
	batchMessages = 500
	batchBytes    = 8 << 20
	batchFor      = time.Second
	inMemory      = 1 << 20 // a larger message is streamed into the vault
)

// intake takes messages into a case: their bytes first, then the entries that name them. While one batch is being stored
// the next one comes in.
type intake struct {
	casework *Casework
	caseID   string
	result   ImportResult

	read    bytes.Buffer // the message that comes in
	batch   incoming
	storing chan error // what came of the batch before; nil when there is none

	// met are messages that the case had.
	met []met

	// keyNames are the keys that the signatures of what was read need.
	keyNames    map[string]bool
	withoutKeys bool
}

// incoming are messages that are not stored yet.
type incoming struct {
	bodies  [][]byte
	sources []casefile.MessageSource
	size    int
	since   time.Time
}

func (c *Casework) newIntake(caseID string) *intake {
	return &intake{casework: c, caseID: caseID, keyNames: map[string]bool{}, result: ImportResult{Failures: []ImportFailure{}, Skips: []ImportSkip{}}}
}

// add takes one message in. The same bytes are taken once. sourceOf is asked once the body was read.
func (in *intake) add(ctx context.Context, body io.Reader, sourceOf func() casefile.MessageSource) error {
	in.read.Reset()
	if _, err := in.read.ReadFrom(io.LimitReader(body, inMemory+1)); err != nil {
		return err
	}
	if in.read.Len() > inMemory {
		return in.addLarge(ctx, io.MultiReader(bytes.NewReader(in.read.Bytes()), body), sourceOf)
	}
	batch := &in.batch
	if len(batch.bodies) == 0 {
		batch.since = time.Now()
	}
	batch.bodies = append(batch.bodies, bytes.Clone(in.read.Bytes()))
	batch.sources = append(batch.sources, in.complete(sourceOf()))
	batch.size += in.read.Len()
	if len(batch.bodies) >= batchMessages || batch.size >= batchBytes || time.Since(batch.since) >= batchFor {
		return in.flush(ctx)
	}
	return nil
}

// complete adds to a message's provenance what is the same wherever it came from.
func (in *intake) complete(source casefile.MessageSource) casefile.MessageSource {
	source.FetchedAt = in.casework.Now().UTC().Format(time.RFC3339)
	source.Program = Program
	return source
}

func (in *intake) addLarge(ctx context.Context, body io.Reader, sourceOf func() casefile.MessageSource) error {
	content, err := in.casework.library.PutContent(ctx, body)
	if err != nil {
		return err
	}
	if err := in.stored(); err != nil {
		return err
	}
	return in.append(ctx, []library.Content{content}, []casefile.MessageSource{in.complete(sourceOf())})
}

// flush has the batch stored, once the one before is. Only after [intake.stored] has said so it is durable.
func (in *intake) flush(ctx context.Context) error {
	err := in.stored()
	if err != nil || len(in.batch.bodies) == 0 {
		return err
	}
	batch, storing := in.batch, make(chan error, 1)
	in.batch, in.storing = incoming{}, storing
	go func() { storing <- in.store(ctx, batch) }()
	return nil
}

// stored waits until the batch that is being stored is durable.
func (in *intake) stored() error {
	if in.storing == nil {
		return nil
	}
	err := <-in.storing
	in.storing = nil
	return err
}

func (in *intake) store(ctx context.Context, batch incoming) error {
	contents, err := in.casework.library.PutContents(ctx, batch.bodies)
	if err != nil {
		return err
	}
	return in.append(ctx, contents, batch.sources)
}

func (in *intake) append(ctx context.Context, contents []library.Content, sources []casefile.MessageSource) error {
	lib := in.casework.library
	sums := make([]string, len(contents))
	for i, content := range contents {
		sums[i] = content.SHA256
	}
	var drafts []library.Draft
	var again []met
	err := lib.AppendTo(ctx, in.caseID, func(known library.Known) ([]library.Draft, error) {
		// Asked where nobody else can append: another process may have been quicker.
		seen, err := lib.HasMessages(ctx, in.caseID, sums)
		if err != nil {
			return nil, err
		}
		o := &operation{known: known}
		for i, content := range contents {
			if seen[content.SHA256] {
				again = append(again, met{content.SHA256, sources[i]})
				continue
			}
			seen[content.SHA256] = true
			o.add(record.KindMessage, casefile.Message{
				CaseID: in.caseID, SHA256: content.SHA256, Size: content.Size, Source: sources[i],
			})
		}
		drafts = o.drafts
		return drafts, nil
	})
	if err == nil {
		in.noteAct(drafts)
		in.met = append(in.met, again...)
		in.result.Imported += int64(len(drafts))
		in.result.Already += int64(len(contents) - len(drafts))
	}
	return err
}

// noteAct remembers an act by its first entry.
func (in *intake) noteAct(drafts []library.Draft) {
	if len(drafts) > 0 {
		in.result.Acts = append(in.result.Acts, drafts[0].ID)
	}
}

// finish makes what came in durable, even when the import was cut off, and reads every message of the case that waits
// to be read. The import's own error comes first.
func (in *intake) finish(ctx context.Context, imported error, progress func(Progress)) (ImportResult, error) {
	if err := errors.Join(in.flush(context.WithoutCancel(ctx)), in.stored()); imported == nil {
		imported = err
	}
	if err := in.keepSightings(context.WithoutCancel(ctx)); imported == nil {
		imported = err
	}
	if err := in.readAll(ctx, progress); imported == nil {
		imported = err
	}
	if err := in.keepKeys(ctx); imported == nil {
		imported = err
	}
	return in.result, imported
}

func (in *intake) skip(where, why string) {
	if in.result.Skipped++; in.result.Skipped <= maxSkips {
		in.result.Skips = append(in.result.Skips, ImportSkip{Where: where, Why: why})
	}
}

func (in *intake) fail(where string, why error) {
	in.result.Failed++
	in.result.Failures = append(in.result.Failures, ImportFailure{Where: where, Problem: problem.From(why)})
}
