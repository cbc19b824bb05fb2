package casework

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"sync/atomic"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
)

// A batch of messages becomes durable together: the price of one commit for many, and little to fetch again after a cut.
const (
	batchMessages = 1000
	batchBytes    = 3 << 20
	batchFor      = time.Second
	inMemory      = 1 << 20 // a larger message is streamed into the vault
	// underWay is how many batches may be on their way to the disk: one is being read, of one the bytes are being stored, and
	// of one the entries.
	underWay = 3
	// entriesAtOnce is of how many messages the entries are put on record together, at least: of several batches. Each time
	// writes the pages anew that the last one ended with.
	entriesAtOnce = 150
	// unreadMost is how many messages may come in until those that came are read.
	unreadMost = 20_000
	// readEvenSo is how long what came in is read when an import is called off. What is left is read later.
	readEvenSo = 3 * time.Second
)

// intake takes messages into a case: their bytes first, then the entries that name them. Once all are durable they are read.
type intake struct {
	casework *Casework
	caseID   string
	result   ImportResult

	batch []*arrival
	// room has the bytes of the batch, one message behind the other, and place for one more. freed are rooms whose messages
	// are stored.
	room     []byte
	freed    chan []byte
	since    time.Time
	underWay []*batchUnderWay
	// ready are messages whose bytes are stored, and whose entries are put on record next. Batches come to it one after the
	// other.
	ready      []*arrival
	readySince time.Time

	// unread is how many messages came in since the last ones were read, and unreadSums are the SHA-256 of those that are on
	// record.
	unread     int
	unreadSums map[string]bool
	// met are messages that the case had.
	met []met
	// meets says that the last messages had such among them, so that the next are asked about before they are read. Where
	// all are new that would be for nothing: it takes the longer, the more the library has.
	meets atomic.Bool

	// keyNames are the keys that the signatures of what was read need.
	keyNames    map[string]bool
	withoutKeys bool
}

func (c *Casework) newIntake(caseID string) *intake {
	in := &intake{casework: c, caseID: caseID, freed: make(chan []byte, underWay), keyNames: map[string]bool{}, unreadSums: map[string]bool{},
		result: ImportResult{Failures: []ImportFailure{}, Skips: []ImportSkip{}}}
	in.meets.Store(true)
	return in
}

// add takes one message in. The same bytes are taken once. sourceOf is asked once the body was read.
func (in *intake) add(ctx context.Context, body io.Reader, sourceOf func() casefile.MessageSource) error {
	if ctx.Err() != nil { // what is on its way from a server or a disk may come all the same
		return problem.Wrap(ctx.Err(), problem.Cancelled, nil)
	}
	if len(in.batch) == 0 {
		in.since = time.Now()
	}
	if in.room == nil {
		in.room = in.emptyRoom()
	}
	begin := len(in.room)
	read := bytes.NewBuffer(in.room[begin:begin])
	if _, err := read.ReadFrom(io.LimitReader(body, inMemory+1)); err != nil {
		return err
	}
	if read.Len() > inMemory {
		return in.addLarge(ctx, io.MultiReader(read, body), sourceOf)
	}
	in.room = in.room[:begin+read.Len()]
	in.batch = append(in.batch, &arrival{body: slices.Clip(in.room[begin:]), source: in.complete(sourceOf())})
	if len(in.batch) >= batchMessages || len(in.room) >= batchBytes || time.Since(in.since) >= batchFor {
		return in.flush(ctx)
	}
	return nil
}

// emptyRoom is room for a batch, in which a message never moves while it comes in.
func (in *intake) emptyRoom() []byte {
	select {
	case room := <-in.freed:
		return room[:0]
	default:
		return make([]byte, 0, batchBytes+inMemory+1+bytes.MinRead)
	}
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
	if err := in.stored(ctx); err != nil {
		return err
	}
	return in.append(ctx, []*arrival{{source: in.complete(sourceOf()), content: content}})
}

// noteAct remembers an act by its first entry.
func (in *intake) noteAct(drafts []library.Draft) {
	if len(drafts) > 0 {
		in.result.Acts = append(in.result.Acts, drafts[0].ID)
	}
}

// finish makes what came in durable, even when the import was cut off, and has every message of the case be read and found
// that waits for it. The import's own error comes first.
func (in *intake) finish(ctx context.Context, imported error, progress func(Progress)) (ImportResult, error) {
	steady := context.WithoutCancel(ctx)
	if err := errors.Join(in.flush(steady), in.stored(steady)); imported == nil {
		imported = err
	}
	in.room, in.freed = nil, nil // reading needs the memory
	if err := in.keepSightings(steady); imported == nil {
		imported = err
	}
	reading := ctx
	if ctx.Err() != nil {
		var enough context.CancelFunc
		reading, enough = context.WithTimeout(steady, readEvenSo)
		defer enough()
	}
	if err := in.readAll(reading, progress); imported == nil {
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
