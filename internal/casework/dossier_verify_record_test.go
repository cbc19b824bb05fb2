package casework

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"constancia/internal/dossier"
	"constancia/internal/dossier/proof"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
	"constancia/internal/record"
)

// forge writes a dossier of the case as whoever has the program's source could: with another proof of the record within.
func (s *sealBench) forge(change func(text string) string) (path string) {
	s.t.Helper()
	made, err := s.compileDossier(s.t.Context(), ExportDossier{CaseID: s.caseID, Language: i18n.English}, true, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for i := range made.files {
		if made.files[i].Name != proof.FileName {
			continue
		}
		forged := []byte(change(string(s.read(made.files[i]))))
		sum := sha256.Sum256(forged)
		made.files[i].Size, made.files[i].SHA256 = int64(len(forged)), hex.EncodeToString(sum[:])
		made.files[i].Open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(forged)), nil }
	}
	var out bytes.Buffer
	if err := finishDossier(s.t.Context(), &out, made); err != nil {
		s.t.Fatal(err)
	}
	path = filepath.Join(s.t.TempDir(), "forged.pdf")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func (s *sealBench) read(file seal.File) []byte {
	s.t.Helper()
	content, err := file.Open()
	if err != nil {
		s.t.Fatal(err)
	}
	text, err := io.ReadAll(content)
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

func (s *sealBench) export(edition dossier.Edition) (path string) {
	s.t.Helper()
	path = filepath.Join(s.t.TempDir(), "dossier.pdf")
	n := ExportDossier{CaseID: s.caseID, Edition: edition, Language: i18n.English, Out: path}
	if _, err := s.ExportDossier(s.t.Context(), n, nil); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func TestEveryEditionProvesFromWhichRecordItWasMade(t *testing.T) {
	for _, edition := range dossier.Editions() {
		s := openSealBench(t)
		s.put(s.made(s.logID, 2))
		path := s.export(edition)
		alone, err := VerifyDossier(t.Context(), path)
		if err != nil || !alone.Holds || alone.Record == nil || alone.Record.Compared {
			t.Fatalf("%s: %+v, %v", edition, alone, err)
		}
		log := alone.Record.Logs[0]
		if len(alone.Record.Logs) != 1 || log.LogID != s.logID || len(log.Seals) != 1 || log.Seals[0].Entries != 2 ||
			!strings.HasPrefix(log.Seals[0].At, "2026-03-02T09:06:07") || log.Seals[0].By == "" || log.Seals[0].Trusted {
			t.Errorf("%s: it proves %+v", edition, log)
		}
		here, err := s.VerifyDossier(t.Context(), path)
		if err != nil || !here.Holds || !here.Record.Compared {
			t.Fatalf("%s: %+v, %v", edition, here, err)
		}
		// The export itself is the one entry behind it.
		if log := here.Record.Logs[0]; log.Now != record.Extends || log.Since != 1 {
			t.Errorf("%s: the library's log is to it %+v", edition, log)
		}
	}
}

func TestAProofThatIsNotOfTheDossierIsFound(t *testing.T) {
	s := openSealBench(t)
	s.put(s.made(s.logID, 2))
	caseID, _ := s.begin("Another case")
	heads, err := s.library.SignedHeads(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	file, _, err := s.recordProof(t.Context(), caseID, heads, i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	other := string(s.read(file))
	// flipped changes the first character of a line of data.
	flipped := func(name string) func(string) string {
		return func(text string) string {
			at := strings.Index(text, "\n"+name+"|") + len("\n"+name+"|")
			return text[:at] + map[bool]string{true: "B", false: "A"}[text[at] == 'A'] + text[at+1:]
		}
	}
	for _, test := range []struct {
		name   string
		change func(string) string
		want   []record.What
	}{
		{"an honest one", func(text string) string { return text }, nil},
		{"other words around the same data", func(text string) string { return "Believe me.\n" + text }, nil},
		{"that of another case", func(string) string { return other }, []record.What{DossierFingerprintDiffers}},
		{"a head with another number", func(text string) string { return strings.Replace(text, "head.1|4\n", "head.1|5\n", 1) },
			[]record.What{DossierFingerprintDiffers, DossierHeadFails, DossierRecordStampFails}},
		{"a flipped signature", flipped("signature.1"), []record.What{DossierHeadFails}},
		{"a flipped token", flipped("token.1.1"), []record.What{DossierRecordStampFails}},
		{"without its heads", func(string) string { return "All is well.\n" }, []record.What{DossierRecordUnreadable}},
	} {
		verified, err := VerifyDossier(t.Context(), s.forge(test.change))
		if err != nil {
			t.Fatal(err)
		}
		got := whats(verified)
		if verified.Holds != (len(test.want) == 0) || !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func whats(verified VerifiedDossier) (found []record.What) {
	for _, finding := range verified.Problems {
		found = append(found, finding.What)
	}
	return found
}

func TestALibraryWhoseRecordDoesNotGoOnFromADossierIsFound(t *testing.T) {
	s := openSealBench(t)
	folder := s.Directory()
	kept := filepath.Join(t.TempDir(), "library")
	reopen := func(from, state string) *Casework {
		opened, err := Open(t.Context(), Options{Directory: from, State: state})
		if err != nil {
			t.Fatal(err)
		}
		return opened
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(kept, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	s.Casework = reopen(folder, filepath.Join(filepath.Dir(folder), "state"))
	if _, err := s.AddEvidence(t.Context(), AddEvidence{CaseID: s.caseID, FileName: "note.txt", Content: strings.NewReader("A note")}); err != nil {
		t.Fatal(err)
	}
	path := s.export(dossier.HeadOffice)
	older := reopen(kept, filepath.Join(t.TempDir(), "state"))
	defer func() { _ = older.Close() }()
	rolledBack, err := older.VerifyDossier(t.Context(), path)
	if err != nil || rolledBack.Holds || len(rolledBack.Problems) == 0 || rolledBack.Problems[0].What != DossierRecordRolledBack {
		t.Errorf("an older copy: %+v, %v", rolledBack.Problems, err)
	}
	stranger := openSealBench(t)
	elsewhere, err := stranger.VerifyDossier(t.Context(), path)
	if err != nil || !elsewhere.Holds || elsewhere.Record.Compared {
		t.Errorf("a library without the case: %+v, %v", elsewhere, err)
	}
}

// TestAHeadThatSomebodyElseSignedIsFoundInTheLibrary has the dossier forged by somebody who signs with a key of their own.
func TestAHeadThatSomebodyElseSignedIsFoundInTheLibrary(t *testing.T) {
	s := openSealBench(t)
	seed := sha256.Sum256([]byte("somebody else"))
	key := ed25519.NewKeyFromSeed(seed[:])
	signedAgain := func(change func(*record.Head)) func(string) string {
		return func(text string) string {
			logs, err := proof.Read([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			change(&logs[0].Head)
			logs[0].Key = key.Public().(ed25519.PublicKey)
			logs[0].Signature = ed25519.Sign(key, []byte(logs[0].Head.Text()))
			written, err := proof.Write(logs, i18n.For(i18n.English))
			if err != nil {
				t.Fatal(err)
			}
			return string(written)
		}
	}
	for _, test := range []struct {
		name        string
		change      func(*record.Head)
		alone, here []record.What
	}{
		{"the same head", func(*record.Head) {}, nil, []record.What{DossierKeyUnknown}},
		{"another root", func(head *record.Head) { head.Root[0] ^= 1 },
			[]record.What{DossierFingerprintDiffers}, []record.What{DossierFingerprintDiffers, DossierRecordContradicts, DossierKeyUnknown}},
		{"more entries", func(head *record.Head) { head.Size += 100 },
			[]record.What{DossierFingerprintDiffers}, []record.What{DossierFingerprintDiffers, DossierRecordRolledBack, DossierKeyUnknown}},
	} {
		path := s.forge(signedAgain(test.change))
		alone, err := VerifyDossier(t.Context(), path)
		if got := whats(alone); err != nil || !slices.Equal(got, test.alone) {
			t.Errorf("%s: %v, %v, want %v", test.name, got, err, test.alone)
		}
		here, err := s.VerifyDossier(t.Context(), path)
		if got := whats(here); err != nil || !slices.Equal(got, test.here) || here.Holds {
			t.Errorf("%s, held against the library: %v, %v, want %v", test.name, got, err, test.here)
		}
	}
}

// TestADossierOfTwoComputersIsComparedAsFarAsTheirEntriesAreHere has a second computer take the case over, go on with it and
// make a dossier of both records.
func TestADossierOfTwoComputersIsComparedAsFarAsTheirEntriesAreHere(t *testing.T) {
	first, second := openSealBench(t), openSealBench(t)
	carry := func(from, to *sealBench) {
		path := filepath.Join(t.TempDir(), "case.zip")
		if _, err := from.ExportBundle(t.Context(), ExportBundle{CaseID: first.caseID, Language: i18n.English, Out: path}, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := to.ImportBundle(t.Context(), ImportBundle{ReadBundle: ReadBundle{Path: path}}, nil); err != nil {
			t.Fatal(err)
		}
	}
	carry(first, second)
	note := AddEvidence{CaseID: first.caseID, FileName: "note.txt", Content: strings.NewReader("A note")}
	if _, err := second.AddEvidence(t.Context(), note); err != nil {
		t.Fatal(err)
	}
	second.caseID = first.caseID
	path := second.export(dossier.HeadOffice)
	alone, err := VerifyDossier(t.Context(), path)
	if err != nil || !alone.Holds || len(alone.Record.Logs) != 2 {
		t.Fatalf("%+v, %v", alone, err)
	}
	behind, err := first.VerifyDossier(t.Context(), path)
	if err != nil || !behind.Holds || !behind.Record.Compared || !behind.Record.Behind {
		t.Errorf("where the second computer's entries are missing: %+v %v, %v", behind.Record, behind.Problems, err)
	}
	if said := strings.Join(behind.Sentences(i18n.For(i18n.English), true), " "); !strings.Contains(said, "lacks entries of other computers") {
		t.Errorf("it says %s", said)
	}
	carry(second, first)
	whole, err := first.VerifyDossier(t.Context(), path)
	if err != nil || !whole.Holds || !whole.Record.Compared || whole.Record.Behind {
		t.Errorf("once they were brought over: %+v %v, %v", whole.Record, whole.Problems, err)
	}
}
