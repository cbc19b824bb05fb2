package casework

import (
	"context"
	"errors"
	"time"

	"constancia/internal/library"
	"constancia/internal/problem"
)

// Bounds of what was read and is stored together. The more it is, the less often the search index is put in order; what a cut
// loses is read again.
const (
	attachmentsAtOnce = 3 << 20 // bytes
	textsAtOnce       = 8 << 20 // bytes
	readingsAtOnce    = 1000
	readingFor        = 3 * time.Second
)

// readAll reads every message of the case that waits to be read, and stores what comes of it in batches, since a commit costs
// more than several readings. While one is stored, the next is read.
func (in *intake) readAll(ctx context.Context, progress func(Progress)) error {
	messages, err := in.casework.library.Unread(ctx, in.caseID)
	if err != nil || len(messages) == 0 {
		return err
	}
	for i := range messages {
		messages[i].JustHashed = in.unreadSums[messages[i].SHA256]
	}
	clear(in.unreadSums)
	total := int64(len(messages))
	report(progress, Progress{What: "reading", Total: total})
	batch := readBatch{intake: in}
	for i, one := range readMessages(ctx, in.casework.library, messages) {
		if ctx.Err() != nil {
			break
		}
		if one.err != nil {
			in.fail(one.message.SHA256, one.err)
		} else if err = batch.add(ctx, one); err != nil {
			break
		}
		if goesAlone(one.message) || i+1 < len(messages) && goesAlone(messages[i+1]) {
			if err = errors.Join(batch.store(ctx), batch.stored()); err != nil {
				break
			}
		}
		report(progress, Progress{What: "reading", Done: int64(i + 1), Total: total})
	}
	if err == nil && ctx.Err() == nil {
		err = batch.store(ctx)
	}
	if err = errors.Join(err, batch.stored()); err == nil && ctx.Err() != nil {
		err = problem.Wrap(ctx.Err(), problem.Cancelled, nil)
	}
	return err
}

// ReadWaiting reads the messages that wait to be read, of all cases: those of an import that was cut off, or those that an
// earlier version of the program read. What goes wrong in a case does not keep it from the next.
//
// Problems: disk_full, cancelled.
func (c *Casework) ReadWaiting(ctx context.Context) error {
	defer beFrugal()()
	waiting, err := c.library.Unread(ctx, "")
	done := map[string]bool{}
	for _, message := range waiting {
		if done[message.CaseID] || ctx.Err() != nil {
			continue
		}
		done[message.CaseID] = true
		in := c.newIntake(message.CaseID)
		err = errors.Join(err, in.readAll(ctx, nil), in.keepKeys(ctx))
	}
	return err
}

// readBatch is what was read and is not stored yet.
type readBatch struct {
	intake *intake
	read   []library.MessageRead
	texts  int // bytes of what they say
	since  time.Time
	// attachments are those whose bytes are not stored yet.
	attachments []library.Hashed
	bytes       int64 // of the attachments
	// attaching are the attachments before these, storing the readings before these, as long as they are being stored.
	attaching, storing underWayAlone
}

// underWayAlone is something that is being done while something else is: one such thing at a time.
type underWayAlone struct{ done chan error }

// begin waits until the one before is done, and begins this one.
func (u *underWayAlone) begin(do func() error) error {
	if err := u.end(); err != nil {
		return err
	}
	done := make(chan error, 1)
	u.done = done
	go func() { done <- do() }()
	return nil
}

// end waits until it is done.
func (u *underWayAlone) end() (err error) {
	if u.done != nil {
		err, u.done = <-u.done, nil
	}
	return err
}

func (b *readBatch) add(ctx context.Context, one readMessage) error {
	if len(one.Reading.Defects) > 0 {
		b.intake.result.Defective++
	}
	b.intake.needKeys(one.Reading)
	if len(b.read) == 0 {
		b.since = time.Now()
	}
	for i := range one.Drafts { // only now, in the order of the messages: their ids tell it
		one.Drafts[i].ID = library.NewID()
		b.bytes += one.attachments[i].Content().Size
	}
	b.read, b.attachments = append(b.read, one.MessageRead), append(b.attachments, one.attachments...)
	b.texts += len(one.Reading.Text)
	if b.bytes >= attachmentsAtOnce {
		if err := b.storeAttachments(ctx); err != nil {
			return err
		}
	}
	if len(b.read) >= readingsAtOnce || b.texts >= textsAtOnce || time.Since(b.since) >= readingFor {
		return b.store(ctx)
	}
	return nil
}

func (b *readBatch) storeAttachments(ctx context.Context) error {
	attachments := b.attachments
	b.attachments, b.bytes = nil, 0
	return b.attaching.begin(func() error { return b.intake.casework.library.PutHashed(ctx, attachments) })
}

// store sends the readings on their way, and with them the attachments as evidence. Only after [readBatch.stored] has said so
// they are durable.
func (b *readBatch) store(ctx context.Context) error {
	if err := errors.Join(b.storeAttachments(ctx), b.attaching.end()); err != nil || len(b.read) == 0 {
		return err
	}
	read := b.read
	b.read, b.texts = nil, 0
	for _, one := range read {
		b.intake.noteAct(one.Drafts)
	}
	return b.storing.begin(func() error { return b.intake.casework.library.StoreReadings(ctx, read...) })
}

// stored waits until all is durable that was sent on its way.
func (b *readBatch) stored() error { return errors.Join(b.attaching.end(), b.storing.end()) }
