package sample

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

//go:generate go run ./hall/draw
//go:embed pictures/hall.jpg
var hallPhoto []byte

// File is a piece of evidence of the story, with its bytes.
type File struct {
	Key       string
	Name      string
	MediaType string
	Body      []byte
	Shows     string
	// Contact is the key of the contact it belongs to, or empty.
	Contact string
	// MadeAt is when it was made, as much as is known.
	MadeAt     casefile.When
	RecordedAt time.Time
}

// EvidenceFiles are the six files kept as evidence, as they were put on record. The bodies are shared: don't change them.
func EvidenceFiles(language i18n.Language) []File { return filesOf(wordsOf(language)) }

// filesOf draws the files of a language once.
func filesOf(w *words) []File { return drawnFiles[w.language]() }

var drawnFiles = func() map[i18n.Language]func() []File {
	byLanguage := map[i18n.Language]func() []File{}
	for _, language := range i18n.Languages() {
		byLanguage[language] = sync.OnceValue(func() []File { return drawFiles(wordsOf(language)) })
	}
	return byLanguage
}()

func drawFiles(w *words) []File {
	files := []File{
		{Key: "photo", MediaType: "image/jpeg", Body: hallPhoto, Contact: "call-03",
			MadeAt: when("2026-03-16 17:40"), RecordedAt: instant("2026-03-16 18:55")},
		{Key: "tracking", MediaType: "image/png", Body: trackingPage(w), Contact: "call-03",
			MadeAt: when("2026-03-16 17:45"), RecordedAt: instant("2026-03-16 18:58")},
		{Key: "receipt", MediaType: "application/pdf", Body: receipt(w), Contact: "call-01",
			MadeAt: when("2026-03-10 11:33"), RecordedAt: instant("2026-03-16 19:15")},
		{Key: "chat", MediaType: "text/plain", Body: chatTranscript(w), Contact: "chat-02",
			MadeAt: when("2026-05-20 19:59"), RecordedAt: instant("2026-05-20 20:08")},
		{Key: "letter", MediaType: "image/jpeg", Body: scannedLetter(w), Contact: "letter-02",
			MadeAt: when("2026-06-16"), RecordedAt: instant("2026-06-19 20:14")},
		{Key: "calls", MediaType: "text/csv", Body: callLog(w),
			MadeAt: when("2026-08-06 20:10"), RecordedAt: instant("2026-08-06 20:15")},
	}
	for i := range files {
		files[i].Name, files[i].Shows = w.text(files[i].Key+".file"), w.text(files[i].Key+".shows")
	}
	return files
}

func (f File) tell() casefile.Recorded[casefile.Evidence] {
	sum := sha256.Sum256(f.Body)
	return casefile.Recorded[casefile.Evidence]{Entry: casefile.Entry{RecordedAt: f.RecordedAt}, Value: casefile.Evidence{
		ID: f.Key, CaseID: caseKey, FileName: f.Name, MediaType: f.MediaType, SHA256: hex.EncodeToString(sum[:]),
		Size: int64(len(f.Body)), Shows: f.Shows, OccurredAt: &f.MadeAt, ContactID: f.Contact,
	}}
}

func (f File) tellExhibit(number int) casefile.Recorded[casefile.Exhibit] {
	return casefile.Recorded[casefile.Exhibit]{Entry: casefile.Entry{RecordedAt: f.RecordedAt}, Value: casefile.Exhibit{
		ID: "exhibit-" + f.Key, CaseID: caseKey, EvidenceID: f.Key, Label: fmt.Sprintf("A-%d", number),
	}}
}

// chatTranscript is the chat as it was copied from the website.
func chatTranscript(w *words) []byte {
	var out strings.Builder
	out.WriteString(w.text("chat.header") + "\n\n")
	for _, line := range w.rows("chat.lines") {
		fmt.Fprintf(&out, "[%s] %s: %s\n", line[0], line[1], line[2])
	}
	return []byte(out.String())
}

// callLog is the telephone operator's log of the calls of the story, with semicolons as spreadsheets here expect.
func callLog(w *words) []byte {
	var out bytes.Buffer
	table := csv.NewWriter(&out)
	table.Comma = ';'
	rows := w.rows("calls.columns")
	for _, c := range contacts() {
		if c.channel != casefile.Phone {
			continue
		}
		way := "calls.outgoing"
		if c.incoming {
			way = "calls.incoming"
		}
		date, hour, _ := strings.Cut(c.at, " ")
		lasted := time.Time{}.Add(c.hold + c.talk).Format(time.TimeOnly)
		rows = append(rows, []string{date, hour, w.text(way), c.number, lasted})
	}
	if err := table.WriteAll(rows); err != nil {
		panic(err) // a buffer takes every write
	}
	return out.Bytes()
}
