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
	"constancia/internal/record"
)

// Bounds of the messages that are being read at once. A larger one goes alone.
const (
	readAtOnce    = 6 << 20 // bytes
	fetchAtOnce   = 1 << 20 // bytes of those that are fetched in one go
	fetchedAtOnce = 64      // how many are
)

// readMessage is what came of reading a message.
type readMessage struct {
	library.MessageRead
	message library.UnreadMessage
	// attachments are the bytes of those that become evidence.
	attachments []library.Hashed
	err         error
}

// readMessages reads messages on all cores but one, which is left to who stores what is read, and gives them in their order.
func readMessages(ctx context.Context, lib *library.Library, messages []library.UnreadMessage) iter.Seq2[int, readMessage] {
	return func(yield func(int, readMessage) bool) {
		ctx, stop := context.WithCancel(ctx)
		var readers sync.WaitGroup
		defer readers.Wait()
		defer stop()
		room := semaphore.NewWeighted(readAtOnce)
		type asked struct {
			message library.FetchedMessage
			answer  chan readMessage
		}
		questions, inOrder := make(chan asked, fetchedAtOnce), make(chan asked, 16*fetchedAtOnce)
		readers.Go(func() {
			defer close(questions)
			defer close(inOrder)
			for some := range fetchable(messages) {
				for _, message := range some {
					if room.Acquire(ctx, weightOf(message)) != nil {
						return
					}
				}
				for _, message := range lib.FetchMessages(ctx, some) {
					question := asked{message, make(chan readMessage, 1)}
					for _, to := range []chan asked{questions, inOrder} {
						select {
						case to <- question:
						case <-ctx.Done():
							return
						}
					}
				}
			}
		})
		for range max(1, runtime.GOMAXPROCS(0)-1) {
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
			if goesAlone(question.message.UnreadMessage) {
				debug.FreeOSMemory() // else the next ones would come on top of it
			}
			room.Release(weightOf(question.message.UnreadMessage))
			i++
		}
	}
}

// fetchable groups messages, in their order, into those whose bytes are fetched together. A large one goes alone.
func fetchable(messages []library.UnreadMessage) iter.Seq[[]library.UnreadMessage] {
	return func(yield func([]library.UnreadMessage) bool) {
		for len(messages) > 0 {
			count, size := 1, messages[0].Size
			for count < min(len(messages), fetchedAtOnce) && size+messages[count].Size <= fetchAtOnce {
				size += messages[count].Size
				count++
			}
			if !yield(messages[:count]) {
				return
			}
			messages = messages[count:]
		}
	}
}

// goesAlone is whether a message is so large that nothing else is in memory while it is read.
func goesAlone(message library.UnreadMessage) bool { return weightOf(message) == readAtOnce }

func weightOf(message library.UnreadMessage) int64 { return min(max(message.Size, 1), readAtOnce) }

// readOne reads a message. What a reader can't stand must not end the program: the message is kept as it is.
func readOne(ctx context.Context, lib *library.Library, fetched library.FetchedMessage) (read readMessage) {
	message := fetched.UnreadMessage
	defer func() {
		if cause := recover(); cause != nil {
			read = readMessage{message: message, err: fmt.Errorf("failed to read a message: %v", cause)}
		}
	}()
	if goesAlone(message) {
		debug.FreeOSMemory()
	}
	reading, err := lib.ReadFetched(ctx, fetched)
	read = readMessage{message: message, err: err}
	if err != nil {
		return read
	}
	var kept map[string]bool
	if message.Kept && len(reading.Attachments) > 0 {
		if kept, read.err = lib.AttachmentsKept(ctx, message.ID); read.err != nil {
			return read
		}
	}
	read.MessageRead = library.MessageRead{MessageID: message.ID, Reading: reading}
	for i, attachment := range reading.Attachments {
		if becomesEvidence(attachment, kept) {
			hashed := library.Hash(attachment.Content)
			read.attachments = append(read.attachments, hashed)
			read.Drafts = append(read.Drafts, library.Draft{Kind: record.KindEvidence, CaseID: message.CaseID,
				Payload: attachmentEvidence(message, reading, attachment, hashed.Content())})
		}
		reading.Attachments[i].Content = nil
	}
	read.err = lib.PrepareReading(&read.MessageRead)
	return read
}

// becomesEvidence is whether an attachment is kept by itself. Pictures that belong to the text stay in the message.
func becomesEvidence(attachment casefile.Attachment, kept map[string]bool) bool {
	return !attachment.Inline && !kept[attachment.Part]
}

func attachmentEvidence(message library.UnreadMessage, reading casefile.Reading, attachment casefile.Attachment, content library.Content) casefile.Evidence {
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
