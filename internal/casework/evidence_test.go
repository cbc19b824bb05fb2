package casework_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

// add adds evidence and tells how it went.
func (w *work) add(caseID, name, content string) error {
	_, err := w.AddEvidence(w.t.Context(), casework.AddEvidence{CaseID: caseID, FileName: name, Content: strings.NewReader(content)})
	return err
}

func TestEvidenceIsKeptUnalteredUnderItsNumber(t *testing.T) {
	w := begin(t)
	contact := w.call("They sent a receipt")
	receipt := "%PDF-1.7\n\x00\xff a receipt"
	added, err := w.AddEvidence(t.Context(), casework.AddEvidence{
		CaseID: w.caseID, FileName: `C:\Users\Dolores\receipt.pdf`, Content: strings.NewReader(receipt), Shows: "That I paid",
		When: "2026-01-15", ContactID: contact.ID,
	})
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(receipt))
	if want := (casework.Added{ID: added.ID, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(receipt)), Label: "A-1"}); added != want {
		t.Errorf("it was added as %+v, want %+v", added, want)
	}
	items, err := w.Evidence(t.Context(), w.caseID)
	if err != nil || len(items) != 1 || items[0].Label != "A-1" {
		t.Fatalf("the evidence is %+v, %v", items, err)
	}
	got := items[0].Value
	if got.FileName != "receipt.pdf" || got.MediaType != "application/pdf" || got.Shows != "That I paid" || got.OccurredAt.Wall != "2026-01-15" || got.ContactID != contact.ID {
		t.Errorf("it is %+v", got)
	}
	body, err := w.OpenContent(t.Context(), added.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = body.Close() }()
	if content, err := io.ReadAll(body); err != nil || string(content) != receipt {
		t.Errorf("its content is %q, %v", content, err)
	}
	w.requireHolds()
}

func TestAFileIsAddedFromItsPlace(t *testing.T) {
	w := begin(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "ticket.png")
	if err := os.WriteFile(path, []byte("\x89PNG\r\n\x1a\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.AddEvidenceFile(t.Context(), path, casework.AddEvidence{CaseID: w.caseID}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.AddEvidenceFile(t.Context(), path, casework.AddEvidence{CaseID: w.caseID, FileName: "the ticket.png", NotExhibit: true}); err != nil {
		t.Fatal(err)
	}
	items, err := w.Evidence(t.Context(), w.caseID)
	if err != nil || len(items) != 2 || items[0].Value.FileName != "ticket.png" || items[0].Value.MediaType != "image/png" ||
		items[1].Value.FileName != "the ticket.png" || items[1].Label != "" {
		t.Errorf("the evidence is %+v, %v", items, err)
	}
	pipe := filepath.Join(folder, "pipe")
	if err := exec.Command("mkfifo", pipe).Run(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]problem.Code{
		filepath.Join(folder, "none"): problem.FileNotFound, folder: problem.FileUnreadable, pipe: problem.FileUnreadable, filepath.Join(path, "x"): problem.FileUnreadable,
	} {
		_, err := w.AddEvidenceFile(t.Context(), path, casework.AddEvidence{CaseID: w.caseID})
		requireProblem(t, err, want)
		if named := problem.From(err).Values["path"]; named != path {
			t.Errorf("it names %q", named)
		}
	}
	w.requireHolds()
}

func TestEvidenceWithWrongFieldsLeavesNotEvenItsBytes(t *testing.T) {
	w := begin(t)
	tests := []struct {
		name string
		n    casework.AddEvidence
		want map[string]problem.Code
	}{
		{"no name", casework.AddEvidence{FileName: " "}, map[string]problem.Code{"file": problem.Missing}},
		{"several", casework.AddEvidence{FileName: "", When: "2026-02-31", Shows: longText(100_001)}, map[string]problem.Code{
			"file": problem.Missing, "when": problem.NoSuchDate, "shows": problem.TextTooLong}},
		{"from the future", casework.AddEvidence{FileName: "a.txt", When: "2026-03-21"}, map[string]problem.Code{"when": problem.TimeInFuture}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.n.CaseID, test.n.Content = w.caseID, strings.NewReader("bytes nobody should keep")
			w.requireNothingWritten(func() error { _, err := w.AddEvidence(t.Context(), test.n); return err }, test.want)
		})
	}
	for name, n := range map[string]casework.AddEvidence{
		"a case nobody began": {CaseID: nobody}, "a contact nobody recorded": {CaseID: w.caseID, ContactID: nobody},
	} {
		t.Run(name, func(t *testing.T) {
			n.FileName, n.Content = "a.txt", strings.NewReader("bytes nobody should keep")
			_, err := w.AddEvidence(t.Context(), n)
			requireProblem(t, err, problem.NotFound)
			w.requireHolds()
		})
	}
}

func TestANameNeverLeadsOutOfAFolder(t *testing.T) {
	w := begin(t)
	for _, name := range []string{"../../etc/passwd", `..\..\boot.ini`, "/etc/shadow", "..", ".", "a/..", "a\x00/b\n.txt"} {
		if err := w.add(w.caseID, name, name); err != nil {
			t.Fatal(err)
		}
	}
	for _, evidence := range w.file().Evidence {
		if name := evidence.Value.FileName; strings.ContainsAny(name, "/\\\x00\n") || name == ".." || name == "." || name == "" {
			t.Errorf("it is called %q", name)
		}
	}
}

func addMuch(ctx context.Context, c *casework.Casework, caseID string) error {
	for i := range 25 {
		added, err := c.AddEvidence(ctx, casework.AddEvidence{CaseID: caseID, FileName: "a.txt", Content: strings.NewReader(fmt.Sprint(os.Getpid(), i))})
		if err != nil {
			return err
		}
		fmt.Println(added.Label)
	}
	return nil
}

func TestExhibitNumbersHaveNoGapsWhoeverGivesThem(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	w := begin(t)
	if err := w.add(w.caseID, "first.txt", "first"); err != nil {
		t.Fatal(err)
	}
	var others []*exec.Cmd
	var said [2]strings.Builder
	for i := range said {
		other := w.elsewhere("add evidence", w.caseID)
		other.Stdout, other.Stderr = &said[i], os.Stderr
		if err := other.Start(); err != nil {
			t.Fatal(err)
		}
		others = append(others, other)
	}
	got := []string{"A-1"}
	for i, other := range others {
		if err := other.Wait(); err != nil {
			t.Fatalf("another process failed: %v", err)
		}
		got = append(got, strings.Fields(said[i].String())...)
	}
	var want, onRecord []string
	for i := range 51 {
		want = append(want, fmt.Sprintf("A-%d", i+1))
	}
	for _, exhibit := range w.file().Exhibits {
		onRecord = append(onRecord, exhibit.Value.Label)
	}
	slices.Sort(want)
	for name, labels := range map[string][]string{"acknowledged": got, "on record": onRecord} {
		slices.Sort(labels)
		if !slices.Equal(labels, want) {
			t.Errorf("%s are %v", name, labels)
		}
	}
	// Another case has numbers of its own.
	other, err := w.NewCase(t.Context(), theParcel())
	if err != nil {
		t.Fatal(err)
	}
	added, err := w.AddEvidence(t.Context(), casework.AddEvidence{CaseID: other, FileName: "b.txt", Content: strings.NewReader("b")})
	if err != nil || added.Label != "A-1" {
		t.Errorf("the first of another case is %q, %v", added.Label, err)
	}
	w.requireHolds()
}

func TestARecordingSaysWhatThoseRecordedKnew(t *testing.T) {
	w := begin(t)
	add := func(consent casefile.Consent) (casework.Added, error) {
		return w.AddEvidence(t.Context(), casework.AddEvidence{CaseID: w.caseID, FileName: "call.ogg", Content: strings.NewReader("call"), Consent: consent})
	}
	added, err := add(casefile.OwnConversation)
	w.must(err)
	w.requireNothingWritten(func() error { return onlyError(add("secretly")) }, map[string]problem.Code{"consent": problem.NotAChoice})
	w.must(onlyError(w.CorrectEvidence(t.Context(), casework.Correct{ID: added.ID, Given: []string{"consent"}}, casework.AddEvidence{Consent: casefile.Agreed})))
	if got := w.file().Evidence[0].Value.Consent; got != casefile.Agreed {
		t.Errorf("the consent is %q", got)
	}
	w.must(onlyError(w.CorrectEvidence(t.Context(), casework.Correct{ID: added.ID, Clear: []string{"consent"}}, casework.AddEvidence{})))
	if got := w.file().Evidence[0].Value.Consent; got != "" {
		t.Errorf("the consent is %q", got)
	}
}
