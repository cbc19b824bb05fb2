package library

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// ReadMessage makes the reading of a message's stored bytes; nothing is written.
func (l *Library) ReadMessage(ctx context.Context, m casefile.Message) (casefile.Reading, error) {
	return l.readWith(ctx, l.options.ReadMessage, Content{m.SHA256, m.Size})
}

// FetchedMessage is a message with its bytes. Those of a large one stay where they are.
type FetchedMessage struct {
	UnreadMessage
	small []byte
}

// FetchMessages fetches the bytes of messages, one behind the other: there is one connection that has them. What waits to be
// read came in last, as a rule: what is not found there is fetched by itself where it is read, as is all when this fails, and
// has its own error.
func (l *Library) FetchMessages(ctx context.Context, messages []UnreadMessage) []FetchedMessage {
	sums := make([]string, len(messages))
	for i, m := range messages {
		sums[i] = m.SHA256
	}
	small := make(map[string][]byte, len(messages))
	_, _ = collect(ctx, l.contents, func(rows *sql.Rows) (sum string, err error) {
		var bytes given
		err = rows.Scan(&sum, &bytes)
		small[sum] = bytes
		return sum, err
	}, "SELECT value, bytes FROM json_each(?) CROSS JOIN content WHERE "+namesLateContent("content", "unhex(value)"), jsonList(sums))
	fetched := make([]FetchedMessage, len(messages))
	for i, m := range messages {
		fetched[i] = FetchedMessage{m, small[m.SHA256]}
	}
	return fetched
}

// given are the bytes of a column as the driver gives them. Package database/sql would copy them, since a driver may use their
// memory again for the next row; that of modernc.org/sqlite makes it anew for each.
type given []byte

// Scan takes them over; what is none stays none.
func (g *given) Scan(column any) error {
	*g, _ = column.([]byte)
	return nil
}

// ReadFetched makes the reading of a message as [Library.ReadMessage] does, without the HTML, which [Library.StoreReadings]
// does not keep. Several can be read at once.
func (l *Library) ReadFetched(ctx context.Context, m FetchedMessage) (casefile.Reading, error) {
	if m.small == nil {
		return l.readWith(ctx, l.options.ReadText, m.Content)
	}
	if !m.JustHashed {
		if err := holdAgainst(m.SHA256, m.small); err != nil {
			return casefile.Reading{}, err
		}
	}
	return sizedAttachments(l.options.ReadText(bytes.NewBuffer(m.small))), nil
}

func (l *Library) readWith(ctx context.Context, reader func(io.Reader) casefile.Reading, content Content) (casefile.Reading, error) {
	small, large, err := l.findContent(ctx, content.SHA256)
	if err != nil {
		return casefile.Reading{}, err
	}
	if large == nil {
		return sizedAttachments(reader(bytes.NewBuffer(small))), nil // it is read where it is
	}
	body := &verifyingFile{file: large, digest: sha256.New(), sum: content.SHA256}
	defer func() { _ = body.Close() }()
	reading := sizedAttachments(reader(sized{body, int(content.Size)}))
	// A large content is held against its hash at its end only: nothing is made of a damaged one.
	if _, err := io.Copy(io.Discard, body); err != nil {
		return casefile.Reading{}, err
	}
	return reading, nil
}

func sizedAttachments(reading casefile.Reading) casefile.Reading {
	for i := range reading.Attachments {
		reading.Attachments[i].Size = int64(len(reading.Attachments[i].Content))
	}
	return reading
}

// sized is a reader that tells how many bytes it gives.
type sized struct {
	io.Reader
	size int
}

// Len is the number of bytes.
func (s sized) Len() int { return s.size }

// UnreadMessage is a message that waits to be read.
type UnreadMessage struct {
	ID, CaseID string
	Content
	// Kept is whether some of its attachments are evidence already, or were and were taken back.
	Kept bool
	// JustHashed is whether who asks hashed the bytes as they were stored, a moment ago: then they are not held against their hash
	// before they are read this time. That is done whenever somebody opens them.
	JustHashed bool
}

// Unread lists the messages of a case that count and wait to be read, in the order they were recorded; all cases when caseID is
// empty. Those that wait are few among many: they are looked up, and the others are not looked at. (The plus takes the type off
// a column: with it SQLite would not use the index of an expression.)
func (l *Library) Unread(ctx context.Context, caseID string) ([]UnreadMessage, error) {
	messages, err := collect(ctx, l.reader, func(rows *sql.Rows) (m UnreadMessage, err error) {
		return m, rows.Scan(&m.ID, &m.CaseID, &m.SHA256, &m.Size, &m.Kept)
	}, `SELECT t.id, t.case_id, t.body ->> '$.sha256', t.body ->> '$.size',
			EXISTS (SELECT 1 FROM thing kept WHERE kept.kind = 'evidence' AND json_extract(kept.body, '$.message') = +t.id) FROM (
			SELECT message_id FROM unread UNION ALL SELECT message_id FROM reading WHERE reader < ?1
			UNION ALL SELECT message_id FROM reading WHERE reader > ?1) waiting
		CROSS JOIN thing t ON t.id = waiting.message_id WHERE t.counts AND (?2 = '' OR t.case_id = ?2)
		ORDER BY t.recorded_at, t.log_id, t.sequence`, l.options.Reader, caseID)
	return messages, l.options.explain(err)
}

func scanMessage(rows *sql.Rows) (casefile.Message, error) {
	var id, body string
	if err := rows.Scan(&id, &body); err != nil {
		return casefile.Message{}, err
	}
	message, err := decode[casefile.Message]([]byte(body))
	message.ID = id
	return message, err
}

var intoReading = insertionInto("reading", "message_id, reader, date, body, text")

// storeReading keeps a reading, be it in place of one that was there.
func storeReading(ctx context.Context, tx *sql.Tx, messageID string, reading casefile.Reading) error {
	body, err := storedForm(reading)
	if err != nil {
		return err
	}
	indexed, err := leaveIndex(ctx, tx, messageID)
	if err != nil {
		return err
	}
	if err := waitAgain(ctx, tx, messageID); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, intoReading.one()+`
		ON CONFLICT (message_id) DO UPDATE SET reader = excluded.reader, date = excluded.date, body = excluded.body, text = excluded.text`,
		messageID, reading.Reader, reading.Date, string(body), storedText(reading))
	if err != nil {
		return err
	}
	if err := showThatReading(ctx, tx, messageID, reading); err != nil {
		return err
	}
	return enterIndex(ctx, tx, indexed)
}

// storedText is the text of a reading as it is kept, by itself: the search index has it from there.
func storedText(reading casefile.Reading) string {
	if utf8.ValidString(reading.Text) { // asked first: nearly all are, and that is told several bytes at a time
		return reading.Text
	}
	return strings.ToValidUTF8(reading.Text, "\uFFFD")
}

// storedForm is what is kept of a reading beside its text: all but the HTML, which is most of it, and is wanted only where a
// message is shown, where its bytes are at hand.
func storedForm(reading casefile.Reading) ([]byte, error) {
	reading.HTML, reading.Text = "", ""
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(reading)
	return bytes.TrimSuffix(body.Bytes(), []byte("\n")), err
}

// dropReading has a message wait to be read again.
func dropReading(ctx context.Context, tx *sql.Tx, messageID string) error {
	if _, err := storeWords(ctx, tx, words{id: messageID}, false); err != nil { // while what they were is there
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM reading WHERE message_id = ?", messageID); err != nil {
		return err
	}
	return showAgain(ctx, tx, tx, messageID)
}

// sameReading reports whether two readings are stored as the same.
func sameReading(a, b casefile.Reading) bool {
	formA, errA := storedForm(a)
	formB, errB := storedForm(b)
	return errA == nil && errB == nil && bytes.Equal(formA, formB) && storedText(a) == storedText(b)
}

// readingOf gives the stored reading of a message, and whether there is one.
func readingOf(ctx context.Context, from querier, messageID string) (reading casefile.Reading, found bool, err error) {
	var body, text string
	err = from.QueryRowContext(ctx, "SELECT body, text FROM reading WHERE message_id = ?", messageID).Scan(&body, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return reading, false, nil
	}
	if err != nil {
		return reading, false, err
	}
	err = json.Unmarshal([]byte(body), &reading)
	reading.Text = text
	return reading, true, err
}

// wordsOf are the words that a message is found by.
func wordsOf(reading casefile.Reading, messageID, caseID string) words {
	return words{id: messageID, kind: string(record.KindMessage), caseID: caseID, title: reading.Subject,
		text: lines(addresses(reading), attachmentNames(reading)), more: reading.Text != ""}
}

func addresses(reading casefile.Reading) string {
	var texts []string
	for _, list := range [][]casefile.Mailbox{reading.From, reading.To, reading.Cc} {
		for _, mailbox := range list {
			texts = append(texts, mailbox.Name+" "+mailbox.Address)
		}
	}
	return strings.Join(texts, "\n")
}

func attachmentNames(reading casefile.Reading) string {
	var names []string
	for _, attachment := range reading.Attachments {
		names = append(names, attachment.FileName)
	}
	return strings.Join(names, "\n")
}
