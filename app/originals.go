package app

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"constancia/internal/casework"
	"constancia/internal/mail/markup"
)

// originalPath is what the addresses of original looks begin with: /original/CASE/MESSAGE.
const originalPath = "/original/"

// originalPolicy holds a document that somebody else made: nothing in it runs, loads, leads anywhere or is sent. Its origin
// stays that of the page, so that the page can see how high it is; no script of its own can make use of that, since none
// runs.
const originalPolicy = markup.Policy + "; sandbox allow-same-origin"

// keptOriginals is how many original looks are kept: the one that is read, and those before and after it.
const keptOriginals = 4

// originals keeps the documents of emails that were opened last: cleaning takes a while.
type originals struct {
	mu   sync.Mutex
	kept []original // the last one last
}

type original struct{ caseID, messageID, document string }

func (o *originals) keep(one original) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.kept = append(o.kept, one); len(o.kept) > keptOriginals {
		o.kept = o.kept[1:]
	}
}

func (o *originals) find(caseID, messageID string) (document string, found bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, one := range o.kept {
		if one.caseID == caseID && one.messageID == messageID {
			return one.document, true
		}
	}
	return "", false
}

// openMessage reads an email, and keeps its original look.
func (d *desk) openMessage(ctx context.Context, caseID, messageID string) (casework.OpenedMessage, error) {
	work, err := d.work()
	if err != nil {
		return casework.OpenedMessage{}, err
	}
	opened, err := work.OpenMessage(ctx, caseID, messageID)
	if err == nil && opened.HasOriginal() {
		d.originals.keep(original{caseID, messageID, opened.Original.Document()})
	}
	return opened, err
}

// withOriginals puts the original looks of emails in front of the page's own files.
func (d *desk) withOriginals(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, originalPath) {
			next.ServeHTTP(w, r)
			return
		}
		header := w.Header()
		header.Set("Content-Security-Policy", originalPolicy)
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			header.Set("Allow", "GET, HEAD")
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		document, err := d.original(r)
		if err != nil {
			refuse(w, err)
			return
		}
		header.Set("Content-Type", "text/html; charset=utf-8")
		header.Set("Content-Length", strconv.Itoa(len(document)))
		if r.Method == http.MethodGet {
			_, _ = w.Write([]byte(document)) // nobody waits for it any more, or they do not get it
		}
	})
}

func (d *desk) original(r *http.Request) (document string, err error) {
	defer guard(&err)
	caseID, messageID, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, originalPath), "/")
	if document, found := d.originals.find(caseID, messageID); found {
		return document, nil
	}
	opened, err := d.openMessage(r.Context(), caseID, messageID)
	if err == nil && !opened.HasOriginal() {
		err = notFound("message", messageID)
	}
	return opened.Original.Document(), err
}
