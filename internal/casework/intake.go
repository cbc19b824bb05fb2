package casework

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// A batch of messages becomes durable together: the price of one commit for many, and little to fetch again after a cut.
const (
	batchMessages = 200
	batchBytes    = 16 << 20
	batchFor      = time.Second
	inMemory      = 1 << 20 // a larger message is streamed into the vault
)

// intake takes messages into a case: their bytes first, then the entries that name them.
type intake struct {
	casework *Casework
	caseID   string
	result   ImportResult

	// keyNames are the keys that the signatures of what was read need.
	keyNames    map[string]bool
	withoutKeys bool

	bodies  [][]byte
	sources []casefile.MessageSource
	seen    map[string]bool
	size    int
	since   time.Time
}

func (c *Casework) newIntake(caseID string) *intake {
	return &intake{casework: c, caseID: caseID, seen: map[string]bool{}, keyNames: map[string]bool{}, result: ImportResult{Failures: []ImportFailure{}, Skips: []ImportSkip{}}}
}

// add takes one message in. The same bytes are taken once. sourceOf is asked once the body was read.
func (in *intake) add(ctx context.Context, body io.Reader, sourceOf func() casefile.MessageSource) error {
	head, err := io.ReadAll(io.LimitReader(body, inMemory+1))
	if err != nil {
		return err
	}
	if len(head) > inMemory {
		return in.addLarge(ctx, io.MultiReader(bytes.NewReader(head), body), sourceOf)
	}
	sum := sha256.Sum256(head)
	if known, err := in.known(ctx, hex.EncodeToString(sum[:])); known || err != nil {
		return err
	}
	if len(in.bodies) == 0 {
		in.since = time.Now()
	}
	in.bodies, in.sources = append(in.bodies, head), append(in.sources, in.complete(sourceOf()))
	in.size += len(head)
	if len(in.bodies) >= batchMessages || in.size >= batchBytes || time.Since(in.since) >= batchFor {
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
	if known, err := in.known(ctx, content.SHA256); known || err != nil {
		return err
	}
	return in.append(ctx, []library.Content{content}, []casefile.MessageSource{in.complete(sourceOf())})
}

// known counts a message that the case has already, or that came before in this import.
func (in *intake) known(ctx context.Context, sum string) (bool, error) {
	known := in.seen[sum]
	if !known {
		var err error
		if known, err = in.casework.library.HasMessage(ctx, in.caseID, sum); err != nil {
			return false, err
		}
	}
	in.seen[sum] = true
	if known {
		in.result.Already++
	}
	return known, nil
}

// flush makes the batch durable.
func (in *intake) flush(ctx context.Context) error {
	if len(in.bodies) == 0 {
		return nil
	}
	contents, err := in.casework.library.PutContents(ctx, in.bodies)
	if err != nil {
		return err
	}
	sources := in.sources
	in.bodies, in.sources, in.size = nil, nil, 0
	return in.append(ctx, contents, sources)
}

func (in *intake) append(ctx context.Context, contents []library.Content, sources []casefile.MessageSource) error {
	lib := in.casework.library
	var found int64
	var drafts []library.Draft
	err := lib.AppendTo(ctx, in.caseID, func(known library.Known) ([]library.Draft, error) {
		o := &operation{known: known}
		found = 0
		for i, content := range contents {
			// Asked again where nobody else can append: another process may have been quicker.
			known, err := lib.HasMessage(ctx, in.caseID, content.SHA256)
			if err != nil {
				return nil, err
			}
			if known {
				found++
				continue
			}
			o.add(record.KindMessage, casefile.Message{
				CaseID: in.caseID, SHA256: content.SHA256, Size: content.Size, Source: sources[i],
			})
		}
		drafts = o.drafts
		return o.drafts, nil
	})
	if err == nil {
		in.noteAct(drafts)
		in.result.Imported += int64(len(contents)) - found
		in.result.Already += found
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
	if err := in.flush(context.WithoutCancel(ctx)); imported == nil {
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
