package casework

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// arrival is a message that came in, on its way into the record.
type arrival struct {
	body    []byte // nil once it is stored
	source  casefile.MessageSource
	hashed  library.Hashed
	content library.Content
	// message is what is put on record of it, once that is prepared.
	message *library.Draft
}

// batchUnderWay is a batch on its way to the disk. Each goes through three stages, in each behind the one before it, so that
// three can be under way at once.
type batchUnderWay struct {
	bytesStored, done chan struct{} // closed then, or when it failed
	err               error         // once it is done
}

// flush sends the batch on its way. Only after [intake.stored] has said so it is durable.
func (in *intake) flush(ctx context.Context) error {
	if len(in.batch) == 0 {
		return nil
	}
	if in.unread += len(in.batch); in.unread > unreadMost {
		in.unread = len(in.batch)
		if err := errors.Join(in.stored(ctx), in.readAll(ctx, nil)); err != nil {
			return err
		}
	}
	for len(in.underWay) >= underWay {
		if err := in.oldest(); err != nil {
			return err
		}
	}
	var before *batchUnderWay
	if len(in.underWay) > 0 {
		before = in.underWay[len(in.underWay)-1]
	}
	this := &batchUnderWay{bytesStored: make(chan struct{}), done: make(chan struct{})}
	in.underWay = append(in.underWay, this)
	arrivals, room := in.batch, in.room
	in.batch, in.room = nil, nil
	go func() {
		defer close(this.done)
		this.err = in.store(ctx, arrivals, room, before, this.bytesStored)
	}()
	return nil
}

// oldest waits until the bytes of the oldest batch are durable, and its entries, too, unless they wait for those of others.
func (in *intake) oldest() error {
	oldest := in.underWay[0]
	<-oldest.done
	in.underWay = in.underWay[1:]
	return oldest.err
}

// stored makes all durable that was sent on its way.
func (in *intake) stored(ctx context.Context) (err error) {
	for len(in.underWay) > 0 {
		if failed := in.oldest(); err == nil {
			err = failed
		}
	}
	if failed := in.appendReady(ctx); err == nil {
		err = failed
	}
	return err
}

// store makes a batch durable: its bytes first, then its entries, together with those of others.
func (in *intake) store(ctx context.Context, arrivals []*arrival, room []byte, before *batchUnderWay, bytesStored chan<- struct{}) error {
	err := in.prepare(ctx, arrivals)
	if before != nil {
		<-before.bytesStored
	}
	if err == nil {
		err = in.putContents(ctx, arrivals, room)
	}
	close(bytesStored)
	if before != nil {
		if <-before.done; before.err != nil {
			return before.err
		}
	}
	if err != nil {
		return err
	}
	if len(in.ready) == 0 {
		in.readySince = time.Now()
	}
	in.ready = append(in.ready, arrivals...)
	if len(in.ready) < entriesAtOnce && time.Since(in.readySince) < batchFor {
		return nil
	}
	return in.appendReady(ctx)
}

// appendReady puts messages on record whose bytes are stored. When that fails, as where somebody calls the import off, they
// stay ready: it is tried once more at the end.
func (in *intake) appendReady(ctx context.Context) error {
	if len(in.ready) == 0 {
		return nil
	}
	if err := in.append(ctx, in.ready); err != nil {
		return err
	}
	in.ready = nil
	return nil
}

// prepare hashes messages, and prepares what is put on record of those that the case does not have, as far as that is asked.
func (in *intake) prepare(ctx context.Context, arrivals []*arrival) error {
	onAllCores(arrivals, func(one *arrival) {
		one.hashed = library.Hash(one.body)
		one.content = one.hashed.Content()
	})
	var known map[string]bool
	var err error
	if in.meets.Load() {
		if known, err = in.casework.library.HasMessages(ctx, in.caseID, sumsOf(arrivals)); err != nil {
			return err
		}
		in.meets.Store(len(known) > 0)
	}
	added := slices.DeleteFunc(slices.Clone(arrivals), func(one *arrival) bool { return known[one.content.SHA256] })
	for _, one := range added { // in their order: their ids tell it
		one.message = one.entry(in.caseID)
	}
	unprepared := make(chan error, len(added))
	onAllCores(added, func(one *arrival) { unprepared <- in.casework.library.Prepare(one.message) })
	for range added {
		err = errors.Join(err, <-unprepared)
	}
	return err
}

func sumsOf(arrivals []*arrival) []string {
	sums := make([]string, len(arrivals))
	for i, one := range arrivals {
		sums[i] = one.content.SHA256
	}
	return sums
}

// onAllCores does something to each message, as many at once as there are cores.
func onAllCores(arrivals []*arrival, do func(*arrival)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(arrivals)); i = next.Add(1) - 1 {
				do(arrivals[i])
			}
		})
	}
	workers.Wait()
}

// putContents stores the bytes of messages, and frees their room.
func (in *intake) putContents(ctx context.Context, arrivals []*arrival, room []byte) error {
	all := make([]library.Hashed, len(arrivals))
	for i, one := range arrivals {
		all[i] = one.hashed
	}
	if err := in.casework.library.PutHashed(ctx, all); err != nil {
		return err
	}
	for _, one := range arrivals {
		one.body, one.hashed = nil, library.Hashed{}
	}
	select {
	case in.freed <- room:
	default:
	}
	return nil
}

// append puts messages on record whose bytes are stored.
func (in *intake) append(ctx context.Context, arrivals []*arrival) error {
	var appended []library.Draft
	var again []met
	err := in.casework.library.AppendMessages(ctx, in.caseID, func(has func([]string) (map[string]bool, error)) ([]library.Draft, error) {
		// Asked where nobody else can append: another process may have been quicker.
		seen, err := has(sumsOf(arrivals))
		if err != nil {
			return nil, err
		}
		for _, one := range arrivals {
			if seen[one.content.SHA256] {
				again = append(again, met{one.content.SHA256, one.source})
				continue
			}
			seen[one.content.SHA256] = true
			if one.message == nil {
				one.message = one.entry(in.caseID)
			}
			appended = append(appended, *one.message)
		}
		return appended, nil
	})
	if err != nil {
		return err
	}
	in.result.Imported += int64(len(appended))
	for _, one := range arrivals {
		in.unreadSums[one.content.SHA256] = true
	}
	in.noteAct(appended)
	if len(again) > 0 {
		in.meets.Store(true)
	}
	in.met = append(in.met, again...)
	in.result.Already += int64(len(again))
	return nil
}

// entry is what is put on record of a message.
func (a *arrival) entry(caseID string) *library.Draft {
	return &library.Draft{Kind: record.KindMessage, ID: library.NewID(), CaseID: caseID,
		Payload: casefile.Message{CaseID: caseID, SHA256: a.content.SHA256, Size: a.content.Size, Source: a.source}}
}
