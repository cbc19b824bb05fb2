package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
	"constancia/internal/raster"
)

// evidencePath is what the addresses of evidence begin with: /evidence/CASE/ID is the file, /evidence/CASE/ID/thumbnail a
// small picture of it, /evidence/CASE/ID/upright a whole one as parts of it are covered, /evidence/CASE/ID/text what can
// be read of its beginning. Both ids are looked up together: what is of another case, or was erased, is not there.
const evidencePath = "/evidence/"

// evidencePolicy lets nothing in a file do anything, should it ever be opened as a page: it is in a sandbox of its own.
const evidencePolicy = "default-src 'none'; sandbox"

// evidenceAssets serves files kept as evidence to the page. A message of the bridge holds 64 KB; a video comes by here.
type evidenceAssets struct {
	desk       *desk
	thumbnails thumbnails
}

// withEvidence puts the evidence in front of the page's own files.
func (d *desk) withEvidence(next http.Handler) http.Handler {
	evidence := &evidenceAssets{desk: d}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, evidencePath) {
			evidence.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (a *evidenceAssets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Security-Policy", evidencePolicy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "no-store")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if err := a.serve(w, r); err != nil {
		refuse(w, err)
	}
}

// refuse answers with a problem, as it crosses the bridge, too: the page has the words.
func refuse(w http.ResponseWriter, err error) {
	status := http.StatusInternalServerError
	switch problem.From(err).Code {
	case problem.NotFound, problem.ContentMissing:
		status = http.StatusNotFound
	case problem.FileNotShown:
		status = http.StatusUnsupportedMediaType
	}
	text, _ := json.Marshal(failureOf(err)) // strings only: it can't fail
	header := w.Header()
	header.Del("Content-Disposition")
	header.Del("Accept-Ranges")
	header.Set("Content-Type", "application/json")
	header.Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	_, _ = w.Write(text) // nobody waits for it any more, or they do not get it
}

// serve answers unless it returns an error, and then nothing was written.
func (a *evidenceAssets) serve(w http.ResponseWriter, r *http.Request) (err error) {
	defer guard(&err)
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, evidencePath), "/")
	if len(parts) < 2 || len(parts) > 3 {
		return notFound("evidence", r.URL.Path)
	}
	work, err := a.desk.work()
	if err != nil {
		return err
	}
	evidence, err := work.EvidenceOf(r.Context(), parts[0], parts[1])
	if err != nil {
		return err
	}
	if len(parts) == 2 {
		return a.serveFile(w, r, work, evidence)
	}
	switch parts[2] {
	case "thumbnail":
		return a.serveThumbnail(w, r, work, evidence)
	case "upright":
		return a.serveUpright(w, r, work, evidence)
	case "text":
		return a.serveText(w, r, work, evidence)
	}
	return notFound("evidence", r.URL.Path)
}

// serveFile gives a file, whole or in part.
func (a *evidenceAssets) serveFile(w http.ResponseWriter, r *http.Request, work *casework.Casework, evidence casefile.Evidence) error {
	content, err := work.OpenContentInParts(r.Context(), evidence.SHA256)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	kind := fileKindOf(evidence.MediaType)
	if kind.shows == showsImage {
		// A view takes memory by the size that a picture claims.
		if err := raster.RequireShowable(content); err != nil {
			return problem.Wrap(err, problem.FileNotShown, problem.Values{"path": evidence.FileName})
		}
		if _, err := content.Seek(0, io.SeekStart); err != nil {
			return err
		}
	}
	w.Header().Set("Content-Type", kind.served)
	if kind.served == servedOther {
		w.Header().Set("Content-Disposition", "attachment")
	}
	serveParts(w, r, content)
	return nil
}

// serveParts answers what was asked of a content. No time and no tag of it are told, so that nothing answers 304.
func serveParts(w http.ResponseWriter, r *http.Request, content io.ReadSeeker) {
	asked := r.Clone(r.Context())
	for _, condition := range []string{"If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"} {
		asked.Header.Del(condition)
	}
	if part := asked.Header.Get("Range"); part != "" {
		asked.Header.Set("Range", shortened(part))
	}
	http.ServeContent(w, asked, "", time.Time{}, content)
}

// longestPart is how much of a file is given in answer to one range. A player asks for all there is from a place on, and
// some web views keep a whole answer in memory before they pass it on; fewer bytes than asked for are a right answer, and
// the player asks again (RFC 9110, section 15.3.7).
const longestPart = 8 << 20

var oneRange = regexp.MustCompile(`^bytes=(\d{1,15})-(\d{0,15})$`)

// shortened makes one range no longer than longestPart. Anything else stays as it is.
func shortened(asked string) string {
	found := oneRange.FindStringSubmatch(asked)
	if found == nil {
		return asked
	}
	first, _ := strconv.ParseInt(found[1], 10, 64) // digits only, and not too many
	last := first + longestPart - 1
	if found[2] != "" {
		wanted, _ := strconv.ParseInt(found[2], 10, 64)
		if wanted < first {
			return asked
		}
		last = min(last, wanted)
	}
	return fmt.Sprintf("bytes=%d-%d", first, last)
}

// serveThumbnail gives a small picture of an image.
func (a *evidenceAssets) serveThumbnail(w http.ResponseWriter, r *http.Request, work *casework.Casework, evidence casefile.Evidence) error {
	notShown := problem.New(problem.FileNotShown, problem.Values{"path": evidence.FileName})
	if fileKindOf(evidence.MediaType).shows != showsImage {
		return notShown
	}
	small, err := a.thumbnails.of(evidence.SHA256, func() (io.ReadSeekCloser, error) {
		return work.OpenContentInParts(r.Context(), evidence.SHA256)
	})
	if errors.Is(err, raster.ErrNotImage) || errors.Is(err, raster.ErrTooLarge) {
		notShown.Cause = err
		return notShown
	}
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Content-Length", strconv.Itoa(len(small)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(small) // nobody waits for it any more, or they do not get it
	}
	return nil
}

// serveUpright gives an image made anew, the way it is when parts of it are painted over. Web views differ in which
// formats they turn for what the file says of its orientation: an area that was chosen on a picture that a view had
// turned by itself would cover another part of it.
func (a *evidenceAssets) serveUpright(w http.ResponseWriter, r *http.Request, work *casework.Casework, evidence casefile.Evidence) error {
	notShown := problem.New(problem.FileNotShown, problem.Values{"path": evidence.FileName})
	if fileKindOf(evidence.MediaType).shows != showsImage {
		return notShown
	}
	content, err := work.OpenContentInParts(r.Context(), evidence.SHA256)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	data, err := io.ReadAll(content)
	if err != nil {
		return err
	}
	upright, err := raster.Painted(data, nil)
	if err != nil {
		notShown.Cause = err
		return notShown
	}
	w.Header().Set("Content-Type", http.DetectContentType(upright))
	w.Header().Set("Content-Length", strconv.Itoa(len(upright)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(upright) // nobody waits for it any more, or they do not get it
	}
	return nil
}

// serveText gives what can be read of a file's beginning, as a TextPreview.
func (a *evidenceAssets) serveText(w http.ResponseWriter, r *http.Request, work *casework.Casework, evidence casefile.Evidence) error {
	if fileKindOf(evidence.MediaType).shows != showsText {
		return problem.New(problem.FileNotShown, problem.Values{"path": evidence.FileName})
	}
	content, err := work.OpenContentInParts(r.Context(), evidence.SHA256)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	preview, err := readTextPreview(content)
	if err != nil {
		return err
	}
	text, err := json.Marshal(preview)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(text) // nobody waits for it any more, or they do not get it
	}
	return nil
}
