package app

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestWhatAnAddresseeAsksForIsToldAndKept(t *testing.T) {
	a := newAssets(t)
	dossiers := &Dossiers{a.desk}
	input := DossierInput{CaseID: a.caseID, Edition: "regulator", Language: "en", Addressee: "ar-ventanilla"}
	filing := func() Filing {
		t.Helper()
		filing, err := dossiers.Filing(input)
		if err != nil {
			t.Fatal(err)
		}
		return filing
	}
	before := filing()
	at := slices.IndexFunc(before.Addressees, func(one Addressee) bool { return one.ID == input.Addressee })
	if before.To != input.Addressee || at < 0 || !strings.Contains(before.Addressees[at].Source, "2026") || len(before.Missing) == 0 {
		t.Fatalf("it tells %+v", before)
	}
	if !slices.IsSortedFunc(before.Addressees, func(a, b Addressee) int {
		switch {
		case a.Here == b.Here:
			return 0
		case a.Here:
			return -1
		}
		return 1
	}) {
		t.Error("those of the case's place are not first")
	}
	a.saves = filepath.Join(t.TempDir(), "dossier.pdf")
	id, err := dossiers.Export(input)
	if err != nil {
		t.Fatal(err)
	}
	if report := a.finish(id); report.State != jobFailed || !strings.Contains(report.Failure, "filing_incomplete") {
		t.Errorf("incomplete, it comes to %+v", report)
	}
	a.preview(input) // looking at it asks for nothing

	details := FilingDetails{TaxID: "12345678Z", Proceedings: "none"}
	if err := dossiers.KeepFiling(a.caseID, details); err != nil {
		t.Fatal(err)
	}
	if after := filing(); after.Details != details || len(after.Missing) != len(before.Missing)-1 {
		t.Errorf("with the number it tells %+v", after)
	}
	input.Anyway = true
	if id, err = dossiers.Export(input); err != nil {
		t.Fatal(err)
	}
	if report := a.finish(id); report.State != jobDone {
		t.Errorf("anyway, it comes to %+v", report)
	}
}

func TestADossierIsMadeAsThePersonWishes(t *testing.T) {
	a := newAssets(t)
	whole := DossierInput{CaseID: a.caseID, Edition: "head-office", Language: "en"}
	content := func(input DossierInput) int {
		t.Helper()
		preview := a.preview(input)
		return len(a.ask(http.MethodGet, previewPath+preview.PreviewID).body)
	}
	plain := content(whole)
	letter := whole
	letter.CoverNote, letter.CoverFirst = strings.Repeat("Dear Sirs, this is a letter.\n\n", 20), true
	if with := content(letter); with <= plain {
		t.Errorf("with a letter it has %d bytes, without %d", with, plain)
	}
	part := whole
	part.Sections = []string{"figures"}
	if with := content(part); with >= plain {
		t.Errorf("a part has %d bytes, all of it %d", with, plain)
	}
	backwards := whole
	backwards.From, backwards.Until = "2026-05-02", "2026-05-01"
	preview, err := (&Dossiers{a.desk}).Preview(backwards)
	if err != nil {
		t.Fatal(err)
	}
	if report := a.finish(preview.JobID); report.State != jobFailed || !strings.Contains(report.Failure, "period_backwards") {
		t.Errorf("a time that ends before it begins comes to %+v", report)
	}
}

func TestAPictureOfThePersonsSignatureIsKeptShownAndRemoved(t *testing.T) {
	a := newAssets(t)
	dossiers := &Dossiers{a.desk}
	address := previewPath + signatureName
	if has, err := dossiers.HasSignature(); has || err != nil || a.ask(http.MethodGet, address).StatusCode != http.StatusNotFound {
		t.Fatalf("before one was chosen there is one: %v, %v", has, err)
	}
	if chosen, err := dossiers.ChooseSignature(); chosen || err != nil {
		t.Errorf("nothing was named, and it gives %v, %v", chosen, err)
	}
	drawn := image.NewGray(image.Rect(0, 0, 60, 30))
	for x := range 60 {
		for y := range 30 {
			drawn.SetGray(x, y, color.Gray{255})
		}
		drawn.SetGray(x, x/2, color.Gray{0})
	}
	var file bytes.Buffer
	if err := png.Encode(&file, drawn); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "signature.png")
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	a.opens = []string{path}
	if chosen, err := dossiers.ChooseSignature(); !chosen || err != nil {
		t.Fatalf("it gives %v, %v", chosen, err)
	}
	answer := a.ask(http.MethodGet, address)
	if has, err := dossiers.HasSignature(); !has || err != nil || answer.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(answer.body, "\x89PNG") {
		t.Errorf("it is served as %q: %v, %v", answer.Header.Get("Content-Type"), has, err)
	}
	if err := dossiers.ForgetSignature(); err != nil {
		t.Fatal(err)
	}
	if has, err := dossiers.HasSignature(); has || err != nil {
		t.Errorf("removed, it is there: %v, %v", has, err)
	}
}
