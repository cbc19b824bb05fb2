package app

import (
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// preview draws a dossier to be looked at.
func (a *assets) preview(input DossierInput) DossierPreview {
	a.t.Helper()
	preview, err := (&Dossiers{a.desk}).Preview(input)
	if err != nil {
		a.t.Fatal(err)
	}
	if report := a.finish(preview.JobID); report.State != jobDone {
		a.t.Fatalf("got %+v", report)
	}
	return preview
}

func TestThePageIsServedTheDossiersThatItAskedForLast(t *testing.T) {
	a := newAssets(t)
	dossiers := &Dossiers{a.desk}
	first := a.preview(DossierInput{CaseID: a.caseID, Edition: "head-office", Language: "ca"})
	address := previewPath + first.PreviewID
	answer := a.ask(http.MethodGet, address)
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(answer.body, "%PDF-") {
		t.Fatalf("it is answered %d %q", answer.StatusCode, answer.body[:min(len(answer.body), 100)])
	}
	if policy := answer.Header.Get("Content-Security-Policy"); policy != evidencePolicy || answer.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("opened as a page it could do what %q lets it", policy)
	}
	size, err := dossiers.PreviewSize(first.PreviewID)
	if err != nil || size < int64(len(answer.body)) {
		t.Errorf("the file gets %d bytes, %v; the preview has %d", size, err, len(answer.body))
	}
	if head := a.ask(http.MethodHead, address); head.body != "" || head.Header.Get("Content-Length") != strconv.Itoa(len(answer.body)) {
		t.Errorf("asked for its head it gives %q", head.body)
	}
	if posted := a.ask(http.MethodPost, address); posted.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("sent something it is answered %d", posted.StatusCode)
	}

	second := a.preview(DossierInput{CaseID: a.caseID, Edition: "regulator", Language: "en"})
	if answer := a.ask(http.MethodGet, address); answer.StatusCode != http.StatusOK {
		t.Errorf("the page was still fetching the one before, and is answered %d", answer.StatusCode)
	}
	for range keptPreviews - 1 {
		second = a.preview(DossierInput{CaseID: a.caseID, Edition: "regulator", Language: "en"})
	}
	for _, gone := range []string{address, previewPath, previewPath + second.PreviewID + "/x"} {
		if answer := a.ask(http.MethodGet, gone); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s is answered %d", gone, answer.StatusCode)
		}
	}
	if _, err := dossiers.PreviewSize(first.PreviewID); err == nil {
		t.Error("the first still has a size")
	}
	if made, err := dossiers.Made(a.caseID); err != nil || len(made) != 0 {
		t.Errorf("looking made %+v, %v", made, err)
	}
}

func TestWhatWasMadeIsListedNewestFirst(t *testing.T) {
	a := newAssets(t)
	dossiers := &Dossiers{a.desk}
	for _, language := range []string{"ca", "es"} {
		a.saves = filepath.Join(t.TempDir(), language+".pdf")
		id, err := dossiers.Export(DossierInput{CaseID: a.caseID, Edition: "head-office", Language: language})
		if err != nil {
			t.Fatal(err)
		}
		a.finish(id)
	}
	made, err := dossiers.Made(a.caseID)
	if err != nil || len(made) != 2 || made[0].FileName != "es.pdf" || made[1].Language != "ca" || len(made[0].SHA256) != 64 || made[0].Size == 0 || made[0].RecordedAt == "" {
		t.Errorf("made were %+v, %v", made, err)
	}
}
