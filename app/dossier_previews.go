package app

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// previewPath is what the addresses of previews begin with: /dossier/PREVIEW.
const previewPath = "/dossier/"

// dossierPreview is a dossier that is looked at before it is saved.
type dossierPreview struct {
	id      string
	content []byte
	// size is about how large the saved file gets, in bytes.
	size int64
}

// keptPreviews is how many are kept: the one that was drawn last, and a few before it that the page may just be fetching
// while the person has asked for another already.
const keptPreviews = 3

// dossierPreviews keeps those that were drawn last.
type dossierPreviews struct {
	mu   sync.Mutex
	kept []dossierPreview // the last one last
}

func (p *dossierPreviews) keep(preview dossierPreview) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept = append(p.kept, preview); len(p.kept) > keptPreviews {
		p.kept = slices.Delete(p.kept, 0, 1)
	}
}

func (p *dossierPreviews) find(id string) (dossierPreview, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, one := range p.kept {
		if one.id == id {
			return one, nil
		}
	}
	return dossierPreview{}, notFound("file", id)
}

// withPreviews puts the previews of dossiers in front of the page's own files. Should one ever be opened as a page, nothing in
// it does anything.
func (d *desk) withPreviews(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, previewPath) {
			next.ServeHTTP(w, r)
			return
		}
		header := w.Header()
		header.Set("Content-Security-Policy", evidencePolicy)
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			header.Set("Allow", "GET, HEAD")
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		content, mediaType, err := d.previewed(strings.TrimPrefix(r.URL.Path, previewPath))
		if err != nil {
			refuse(w, err)
			return
		}
		header.Set("Content-Type", mediaType)
		header.Set("Content-Length", strconv.Itoa(len(content)))
		if r.Method == http.MethodGet {
			_, _ = bytes.NewReader(content).WriteTo(w) // nobody waits for it any more, or they do not get it
		}
	})
}

// signatureName is what the kept picture of the person's signature is served as, in the place of a preview's id.
const signatureName = "signature"

// previewed is a preview, or the kept picture of the person's signature.
func (d *desk) previewed(name string) (content []byte, mediaType string, err error) {
	if name != signatureName {
		preview, err := d.previews.find(name)
		return preview.content, "application/pdf", err
	}
	work, err := d.work()
	if err != nil {
		return nil, "", err
	}
	content, err = work.SignatureImage(d.ctx)
	if err == nil && content == nil {
		err = notFound("file", name)
	}
	return content, "image/png", err
}
