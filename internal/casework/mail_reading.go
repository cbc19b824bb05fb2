package casework

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// Bounds of what is in memory at once: messages that are being read, and what was read and waits to be stored. A larger
// message goes alone. The more is stored at once, the less often the search index is put in order; what a cut loses is
// read again.
const (
	readAtOnce   = 8 << 20  // bytes of messages
	storeAtOnce  = 16 << 20 // bytes of texts and attachments
	readingBatch = 1000
	readingFor   = 3 * time.Second
)

// readAll reads every message of the case that waits to be read: on all cores, since reading costs more than storing, and
// stores what comes of it in batches, since a commit costs more than several readings.
func (in *intake) readAll(ctx context.Context, progress func(Progress)) error {
	messages, err := in.casework.library.Unread(ctx, in.caseID)
	if err != nil {
		return err
	}
	batch := readBatch{intake: in}
	for i, one := range readMessages(ctx, in.casework.library, messages) {
		report(progress, Progress{What: "reading", Done: int64(i), Total: int64(len(messages))})
		if ctx.Err() != nil {
			break
		}
		if one.err != nil {
			in.fail(one.message.SHA256, one.err)
			continue
		}
		if err := batch.add(ctx, one); err != nil {
			return err
		}
		if goesAlone(one.message) || i+1 < len(messages) && goesAlone(messages[i+1]) {
			if err := batch.store(ctx); err != nil {
				return err
			}
		}
	}
	if ctx.Err() != nil {
		return problem.Wrap(ctx.Err(), problem.Cancelled, nil)
	}
	return batch.store(ctx)
}

// readMessage is what came of reading a message.
type readMessage struct {
	message casefile.Message
	reading casefile.Reading
	err     error
}

// readMessages reads messages on all cores, and gives them in their order.
func readMessages(ctx context.Context, lib *library.Library, messages []casefile.Message) iter.Seq2[int, readMessage] {
	return func(yield func(int, readMessage) bool) {
		ctx, stop := context.WithCancel(ctx)
		var readers sync.WaitGroup
		defer readers.Wait()
		defer stop()
		cores := runtime.GOMAXPROCS(0)
		room := semaphore.NewWeighted(readAtOnce)
		type asked struct {
			message casefile.Message
			answer  chan readMessage
		}
		questions, inOrder := make(chan asked, cores), make(chan asked, 16*cores)
		readers.Go(func() {
			defer close(questions)
			defer close(inOrder)
			for _, message := range messages {
				if room.Acquire(ctx, weightOf(message)) != nil {
					return
				}
				question := asked{message, make(chan readMessage, 1)}
				for _, to := range []chan asked{questions, inOrder} {
					select {
					case to <- question:
					case <-ctx.Done():
						return
					}
				}
			}
		})
		for range cores {
			readers.Go(func() {
				for question := range questions {
					question.answer <- readOne(ctx, lib, question.message)
				}
			})
		}
		i := 0
		for question := range inOrder {
			if !yield(i, <-question.answer) {
				return
			}
			if goesAlone(question.message) {
				debug.FreeOSMemory() // else the next ones would come on top of it
			}
			room.Release(weightOf(question.message))
			i++
		}
	}
}

// goesAlone is whether a message is so large that nothing else is in memory while it is read.
func goesAlone(message casefile.Message) bool { return weightOf(message) == readAtOnce }

func weightOf(message casefile.Message) int64 { return min(max(message.Size, 1), readAtOnce) }

// readOne reads a message. What a reader can't stand must not end the program: the message is kept as it is.
func readOne(ctx context.Context, lib *library.Library, message casefile.Message) (read readMessage) {
	defer func() {
		if cause := recover(); cause != nil {
			read = readMessage{message: message, err: fmt.Errorf("failed to read a message: %v", cause)}
		}
	}()
	if goesAlone(message) {
		debug.FreeOSMemory()
	}
	reading, err := lib.ReadMessage(ctx, message)
	reading.HTML = "" // it is not stored, and may be most of what there is
	return readMessage{message, reading, err}
}

// readBatch is what was read and is not stored yet.
type readBatch struct {
	intake *intake
	read   []readMessage
	kept   []map[string]bool // of each, the attachments that are evidence already
	bytes  int
	since  time.Time
}

func (b *readBatch) add(ctx context.Context, one readMessage) error {
	var kept map[string]bool
	if len(one.reading.Attachments) > 0 {
		var err error
		if kept, err = b.intake.casework.library.AttachmentsKept(ctx, one.message); err != nil {
			return err
		}
	}
	if len(one.reading.Defects) > 0 {
		b.intake.result.Defective++
	}
	b.intake.needKeys(one.reading)
	if len(b.read) == 0 {
		b.since = time.Now()
	}
	b.read, b.kept = append(b.read, one), append(b.kept, kept)
	b.bytes += len(one.reading.Text)
	for _, attachment := range one.reading.Attachments {
		b.bytes += len(attachment.Content)
	}
	if len(b.read) >= readingBatch || b.bytes >= storeAtOnce || time.Since(b.since) >= readingFor {
		return b.store(ctx)
	}
	return nil
}

// store makes the readings durable, and evidence of the attachments.
func (b *readBatch) store(ctx context.Context) error {
	if len(b.read) == 0 {
		return nil
	}
	lib := b.intake.casework.library
	var bytes [][]byte
	for i, one := range b.read {
		for _, attachment := range one.reading.Attachments {
			if becomesEvidence(attachment, b.kept[i]) {
				bytes = append(bytes, attachment.Content)
			}
		}
	}
	contents, err := lib.PutContents(ctx, bytes)
	if err != nil {
		return err
	}
	stored := make([]library.MessageRead, len(b.read))
	for i, one := range b.read {
		o := &operation{known: library.Known{Case: casefile.Case{ID: one.message.CaseID}}}
		for _, attachment := range one.reading.Attachments {
			if becomesEvidence(attachment, b.kept[i]) {
				o.add(record.KindEvidence, attachmentEvidence(one.message, one.reading, attachment, contents[0]))
				contents = contents[1:]
			}
		}
		stored[i] = library.MessageRead{MessageID: one.message.ID, Reading: one.reading, Drafts: o.drafts}
	}
	*b = readBatch{intake: b.intake}
	if err := lib.StoreReadings(ctx, stored...); err != nil {
		return err
	}
	for _, one := range stored {
		b.intake.noteAct(one.Drafts)
	}
	return nil
}

// becomesEvidence is whether an attachment is kept by itself. Pictures that belong to the text stay in the message.
func becomesEvidence(attachment casefile.Attachment, kept map[string]bool) bool {
	return !attachment.Inline && !kept[attachment.Part]
}

func attachmentEvidence(message casefile.Message, reading casefile.Reading, attachment casefile.Attachment, content library.Content) casefile.Evidence {
	evidence := casefile.Evidence{
		CaseID: message.CaseID, FileName: displayName(attachment.FileName), MediaType: attachment.MediaType,
		SHA256: content.SHA256, Size: content.Size, MessageID: message.ID, Attachment: attachment.Part,
	}
	if at, undated := time.Parse(time.RFC3339, reading.Date); undated == nil {
		when := casefile.WhenOfMail(at)
		evidence.OccurredAt = &when
	}
	return evidence
}
