package casework_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"constancia/internal/casework"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

// bundled makes a bundle of the case, and gives its file.
func (w *work) bundled(change ...func(*casework.ExportBundle)) string {
	w.t.Helper()
	request := casework.ExportBundle{CaseID: w.caseID, Language: "en", Out: filepath.Join(w.t.TempDir(), "case.zip")}
	for _, change := range change {
		change(&request)
	}
	if _, err := w.ExportBundle(w.t.Context(), request, nil); err != nil {
		w.t.Fatalf("failed to make a bundle: %v", err)
	}
	return request.Out
}

func verified(t *testing.T, n casework.ReadBundle) casework.VerifiedBundle {
	t.Helper()
	found, err := casework.VerifyBundle(t.Context(), n, nil)
	if err != nil {
		t.Fatalf("failed to verify a bundle: %v", err)
	}
	if !found.Holds || len(found.Foreign) > 0 {
		t.Errorf("the bundle does not hold: %v, %v", found.Problems, found.Foreign)
	}
	return found
}

// takenOver opens a new library, as on another computer, and takes a bundle over.
func (w *work) takenOver(path string) *work {
	w.t.Helper()
	other := &work{t: w.t, now: w.now, caseID: w.caseID}
	other.open(w.t.TempDir())
	other.takeOver(path)
	return other
}

func (w *work) takeOver(path string) casework.ImportedBundle {
	w.t.Helper()
	came, err := w.ImportBundle(w.t.Context(), casework.ImportBundle{ReadBundle: casework.ReadBundle{Path: path}}, nil)
	if err != nil {
		w.t.Fatalf("failed to take over a bundle: %v", err)
	}
	w.requireHolds()
	return came
}

func codeOf(err error) problem.Code {
	if err == nil {
		return ""
	}
	return problem.From(err).Code
}

func TestABundleGoesToAnotherComputerAndBack(t *testing.T) {
	w := begin(t)
	w.call("They said tomorrow.")
	if err := w.add(w.caseID, "box.jpg", strings.Repeat("a large picture ", 100_000)); err != nil {
		t.Fatal(err)
	}
	other := w.takenOver(w.bundled())
	if got, want := len(other.file().Contacts), 1; got != want {
		t.Fatalf("%d contacts came, want %d", got, want)
	}
	other.call("They said today.")
	back := other.bundled()
	if found := verified(t, casework.ReadBundle{Path: back}); len(found.Vouched) > 0 {
		t.Errorf("the first computer's own head did not come along: %v", found.Vouched)
	}
	// There are the other's device, its export, and the call; the first computer's own entry of the bundle it made is older.
	if came := w.takeOver(back); came.New || came.Entries == 0 || came.Already == 0 {
		t.Errorf("came: %+v", came)
	}
	if got := len(w.file().Contacts); got != 2 {
		t.Errorf("there are %d contacts, want 2", got)
	}
	if came := w.takeOver(back); came.Entries != 0 {
		t.Errorf("the second time came %d entries", came.Entries)
	}
}

func TestABundleIsOnRecordWithItsHash(t *testing.T) {
	w := begin(t)
	path := w.bundled()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	exports := w.exports()
	last := exports[len(exports)-1]
	if last.SHA256 != hex.EncodeToString(sum[:]) || last.Edition != "bundle" || last.Size != int64(len(text)) ||
		last.Fingerprint != verified(t, casework.ReadBundle{Path: path}).Fingerprint {
		t.Errorf("on record is %+v", last)
	}
}

func TestACopyWithoutTheKeyVouchesForWhatItHas(t *testing.T) {
	w := begin(t)
	w.call("They said tomorrow.")
	directory := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(directory, os.DirFS(w.Directory())); err != nil {
		t.Fatal(err)
	}
	other := &work{t: t, now: w.now, caseID: w.caseID}
	other.openIn(directory, t.TempDir())
	path := other.bundled()
	if found := verified(t, casework.ReadBundle{Path: path}); len(found.Vouched) != 1 {
		t.Errorf("vouched for are %v", found.Vouched)
	}
	w.takenOver(path)
	w.takeOver(path)
}

func TestAFileThatIsGoneOrDamagedIsLeftOutAndSaid(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"gone": os.Remove,
		"damaged": func(path string) error {
			return errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, bytes.Repeat([]byte("x"), 2<<20), 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			content := strings.Repeat("a large picture ", 100_000)
			if err := w.add(w.caseID, "box.jpg", content); err != nil {
				t.Fatal(err)
			}
			if err := w.add(w.caseID, "note.txt", "a note"); err != nil {
				t.Fatal(err)
			}
			sum := sha256.Sum256([]byte(content))
			stored := hex.EncodeToString(sum[:])
			if err := spoil(filepath.Join(w.Directory(), "vault", stored[:2], stored)); err != nil {
				t.Fatal(err)
			}
			if found := verified(t, casework.ReadBundle{Path: w.bundled()}); found.Files != 1 || found.Without != 1 {
				t.Errorf("%d files are in it and %d are not", found.Files, found.Without)
			}
		})
	}
}

func TestABundleIsMadeWholeOrNotAtAll(t *testing.T) {
	w := begin(t)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	taken := filepath.Join(t.TempDir(), "taken.zip")
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	contact := w.call("They said tomorrow.").ID
	tests := []struct {
		name   string
		ctx    context.Context
		change func(*casework.ExportBundle)
		want   problem.Code
	}{
		{"stopped", stopped, func(*casework.ExportBundle) {}, problem.Cancelled},
		{"a file of that name", t.Context(), func(n *casework.ExportBundle) { n.Out = taken }, problem.FileExists},
		{"no such folder", t.Context(), func(n *casework.ExportBundle) { n.Out = filepath.Join(taken, "x.zip") }, problem.FileUnwritable},
		{"no such case", t.Context(), func(n *casework.ExportBundle) { n.CaseID = "none" }, problem.NotFound},
		{"no such entry", t.Context(), func(n *casework.ExportBundle) { n.Entries = []string{contact, "none"} }, problem.NotFound},
		{"no such field", t.Context(), func(n *casework.ExportBundle) { n.Entries, n.Fields = []string{contact}, []string{"/none"} }, problem.NoSuchField},
		{"no public key", t.Context(), func(n *casework.ExportBundle) { n.Recipient = "age1none" }, problem.NotARecipient},
		{"a secret key in place of a public one", t.Context(), func(n *casework.ExportBundle) { n.Recipient = "AGE-SECRET-KEY-1" }, problem.NotARecipient},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before := w.entries()
			request := casework.ExportBundle{CaseID: w.caseID, Out: filepath.Join(t.TempDir(), "case.zip")}
			test.change(&request)
			_, err := w.ExportBundle(test.ctx, request, nil)
			if codeOf(err) != test.want && !errors.Is(err, context.Canceled) {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if left, _ := filepath.Glob(filepath.Join(filepath.Dir(request.Out), "*")); request.Out != taken && len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
			if after := w.entries(); after != before {
				t.Errorf("%d entries came of it", after-before)
			}
		})
	}
	if text, err := os.ReadFile(taken); err != nil || string(text) != "mine" {
		t.Errorf("what was there is %q now (%v)", text, err)
	}
}

func TestAnEncryptedBundleNeedsItsPassphraseOrKey(t *testing.T) {
	w := begin(t)
	w.call("They said tomorrow.")
	own, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(t.TempDir(), "key.txt")
	if err := os.WriteFile(key, []byte("# mine\n"+own.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	forKey := w.bundled(func(n *casework.ExportBundle) { n.Recipient = own.Recipient().String() })
	forPassphrase := w.bundled(func(n *casework.ExportBundle) { n.Passphrase = secret.NewText("siete gatos") })
	tests := []struct {
		name string
		read casework.ReadBundle
		want problem.Code
	}{
		{"the key", casework.ReadBundle{Path: forKey, Identities: key}, ""},
		{"no key", casework.ReadBundle{Path: forKey}, problem.BundleLocked},
		{"a passphrase in place of the key", casework.ReadBundle{Path: forKey, Passphrase: secret.NewText("siete gatos")}, problem.BundleKeyWrong},
		{"the passphrase", casework.ReadBundle{Path: forPassphrase, Passphrase: secret.NewText("siete gatos")}, ""},
		{"another passphrase", casework.ReadBundle{Path: forPassphrase, Passphrase: secret.NewText("seis gatos")}, problem.BundleKeyWrong},
		{"a file without keys", casework.ReadBundle{Path: forKey, Identities: forKey}, problem.FileUnreadable},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found, err := casework.VerifyBundle(t.Context(), test.read, nil)
			if codeOf(err) != test.want || err == nil && !found.Holds {
				t.Errorf("got %v and %v, want %q", err, found.Problems, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "gatos") {
				t.Errorf("the error has the passphrase in it: %v", err)
			}
		})
	}
}

func TestWhatDoesNotHoldOrContradictsIsRefusedWhole(t *testing.T) {
	w := begin(t)
	w.call("They said tomorrow.")
	sound := w.bundled()
	text, err := os.ReadFile(sound)
	if err != nil {
		t.Fatal(err)
	}
	changed := filepath.Join(t.TempDir(), "changed.zip")
	if err := os.WriteFile(changed, bytes.Replace(text, []byte("They said tomorrow."), []byte("They said nothing.."), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(t.TempDir(), "cut.zip")
	if err := os.WriteFile(cut, text[:len(text)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	chosen := w.bundled(func(n *casework.ExportBundle) { n.Entries = []string{w.caseID} })
	// Two computers that both have the key, as after copying everything, go on with one log in two ways.
	directory, state := filepath.Join(t.TempDir(), "copy"), filepath.Join(t.TempDir(), "state")
	for from, to := range map[string]string{w.Directory(): directory, w.Directory() + "-state": state} {
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	rival := &work{t: t, now: w.now, caseID: w.caseID}
	rival.openIn(directory, state)
	rival.call("They said next week.")
	contradicting := rival.bundled()
	verified(t, casework.ReadBundle{Path: contradicting})
	w.call("They said never.")
	for path, want := range map[string]problem.Code{
		changed: problem.BundleDoesNotHold, cut: problem.BundleDamaged, chosen: problem.BundleNotWhole,
		contradicting: problem.ImportContradicts,
	} {
		before := w.entries()
		_, err := w.ImportBundle(t.Context(), casework.ImportBundle{ReadBundle: casework.ReadBundle{Path: path}}, nil)
		if codeOf(err) != want {
			t.Errorf("%s: got %v, want %s", filepath.Base(path), err, want)
		}
		if after := w.entries(); after != before {
			t.Errorf("%s: %d entries came", filepath.Base(path), after-before)
		}
	}
	w.requireHolds()
}
