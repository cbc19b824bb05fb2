package casework_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	msgauth "github.com/emersion/go-msgauth/dkim"

	"constancia/internal/casework"
	"constancia/internal/mail/dkim"
	"constancia/internal/record"
)

// nameSystem stands in for the domain name system.
type nameSystem struct {
	mutex   sync.Mutex
	texts   map[string]string
	offline bool
	asked   []string
}

func (n *nameSystem) lookup(_ context.Context, name string) (dkim.Answer, error) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	n.asked = append(n.asked, name)
	if n.offline {
		return dkim.Answer{}, errors.New("no network")
	}
	answer := dkim.Answer{Resolver: "192.0.2.53:53"}
	if text, is := n.texts[name]; is {
		answer.Texts = []string{text}
	}
	return answer, nil
}

// askedFor gives what was asked for since the last time, in order of names.
func (n *nameSystem) askedFor() string {
	slices.Sort(n.asked)
	asked := strings.Join(n.asked, " ")
	n.asked = nil
	return asked
}

func signingKey(number byte) (ed25519.PrivateKey, string) {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{number}, ed25519.SeedSize))
	return key, "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
}

// signedEmail is an email that a domain signed.
func signedEmail(t *testing.T, subject, domain, selector string, key crypto.Signer) []byte {
	t.Helper()
	var signed bytes.Buffer
	err := msgauth.Sign(&signed, bytes.NewReader(email(subject, "Sale mañana.", "")),
		&msgauth.SignOptions{Domain: domain, Selector: selector, Signer: key, Hash: crypto.SHA256})
	if err != nil {
		t.Fatal(err)
	}
	return signed.Bytes()
}

// signing begins a case in a library that asks the given names.
func signing(t *testing.T, system *nameSystem) *work {
	t.Helper()
	w := &work{t: t, now: time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)}
	w.openWith(casework.Options{Directory: t.TempDir(), LookupTXT: system.lookup})
	w.beginCase()
	return w
}

// take imports messages, each in a file of its own.
func (w *work) take(messages ...[]byte) casework.ImportResult {
	w.t.Helper()
	folder := w.t.TempDir()
	for i, message := range messages {
		save(w.t, folder, fmt.Sprintf("%d.eml", i), message)
	}
	return w.importFiles(folder)
}

// verdicts are what holds of the first signature of each message, by subject.
func (w *work) verdicts() string {
	w.t.Helper()
	var said []string
	for _, message := range w.file().Messages {
		details, err := w.MessageDetails(w.t.Context(), message.Value.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		if len(details.Signatures) > 0 {
			said = append(said, message.Value.Reading.Subject+" "+string(details.Signatures[0].Verdict))
		}
	}
	slices.Sort(said)
	return strings.Join(said, ", ")
}

func TestAnImportPutsTheKeysOfSignaturesOnRecord(t *testing.T) {
	key, text := signingKey(1)
	system := &nameSystem{texts: map[string]string{"s1._domainkey.corral.example": text}}
	w := signing(t, system)
	got := w.take(signedEmail(t, "A", "corral.example", "s1", key), signedEmail(t, "B", "corral.example", "s1", key),
		signedEmail(t, "C", "envios.example", "gone", key), email("D", "Sin firma.", ""))
	if got.KeysKept != 2 || got.KeysWaiting != 0 {
		t.Errorf("kept %d, waiting %d", got.KeysKept, got.KeysWaiting)
	}
	if asked := system.askedFor(); asked != "gone._domainkey.envios.example s1._domainkey.corral.example" {
		t.Errorf("asked for %s", asked)
	}
	entries, err := w.Entries(t.Context(), w.caseID, 2)
	if err != nil || entries[0].Kind != record.KindKeyRecord || entries[1].Kind != record.KindKeyRecord {
		t.Errorf("last on record are %+v, %v", entries, err)
	}
	for _, message := range w.file().Messages {
		details, err := w.MessageDetails(t.Context(), message.Value.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, signature := range details.Signatures {
			want := dkim.Answer{Name: "s1._domainkey.corral.example", Texts: []string{text}, Resolver: "192.0.2.53:53", AskedAt: "2026-03-20T12:00:00Z"}
			if signature.Domain == "envios.example" {
				want.Name, want.Texts = "gone._domainkey.envios.example", nil
			}
			if !reflect.DeepEqual(signature.Key, want) {
				t.Errorf("key %+v, want %+v", signature.Key, want)
			}
		}
	}
	if said := w.verdicts(); said != "A fits, B fits, C no_key" {
		t.Errorf("verdicts: %s", said)
	}
}

func TestASignatureIsCheckedWithTheKeptKeyWhenTheKeyIsGoneAndNobodyCanBeAsked(t *testing.T) {
	key, text := signingKey(1)
	system := &nameSystem{texts: map[string]string{"s1._domainkey.corral.example": text}}
	w := signing(t, system)
	w.take(signedEmail(t, "A", "corral.example", "s1", key))
	bundle := w.bundled()
	w.now = w.now.AddDate(1, 0, 0)
	for name, change := range map[string]func(){
		"the key is gone": func() { system.texts = nil },
		"no network":      func() { system.offline = true },
	} {
		change()
		got, err := w.CheckSignatures(t.Context(), w.file().Messages[0].Value.ID)
		if err != nil || len(got) != 1 || !got[0].Fits() || got[0].Key.AskedAt != "2026-03-20T12:00:00Z" || got[0].Key.Resolver != "192.0.2.53:53" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	t.Run("by somebody else, who was sent the case", func(t *testing.T) {
		other := &work{t: t, now: w.now, caseID: w.caseID}
		other.open(t.TempDir())
		if _, err := other.ImportBundle(t.Context(), casework.ImportBundle{ReadBundle: casework.ReadBundle{Path: bundle}}, nil); err != nil {
			t.Fatal(err)
		}
		if said := other.verdicts(); said != "A fits" {
			t.Errorf("verdicts: %s", said)
		}
	})
}

func TestKeysThatNobodyCouldBeAskedForWait(t *testing.T) {
	key, text := signingKey(1)
	system := &nameSystem{offline: true, texts: map[string]string{}}
	w := signing(t, system)
	var messages [][]byte
	for i := range 40 {
		name := fmt.Sprintf("s%d", i)
		system.texts[name+"._domainkey.corral.example"] = text
		messages = append(messages, signedEmail(t, name, "corral.example", name, key))
	}
	if got := w.take(messages...); got.Imported != 40 || got.KeysKept != 0 || got.KeysWaiting != 40 {
		t.Errorf("%+v", got)
	}
	if len(system.asked) > 20 {
		t.Errorf("it went on asking: %d times", len(system.asked))
	}
	if said := w.verdicts(); strings.Count(said, "no_answer") != 40 {
		t.Errorf("verdicts: %s", said)
	}
	system.askedFor()
	system.offline = false
	kept, err := w.KeepKeys(t.Context(), w.caseID)
	if err != nil || kept != (casework.KeysKept{Kept: 40}) || len(system.asked) != 40 {
		t.Errorf("%+v, %v, asked %d times", kept, err, len(system.asked))
	}
	if said := w.verdicts(); strings.Count(said, "fits") != 40 {
		t.Errorf("verdicts: %s", said)
	}
	system.askedFor()
	if kept, err := w.KeepKeys(t.Context(), w.caseID); err != nil || kept != (casework.KeysKept{}) || len(system.asked) != 0 {
		t.Errorf("once more: %+v, %v, asked %d times", kept, err, len(system.asked))
	}
	if checked, err := w.CheckLibrary(t.Context(), nil); err != nil || !checked.Holds {
		t.Errorf("%+v, %v", checked, err)
	}
}

func TestNobodyIsAskedWhereThePersonWantsItSo(t *testing.T) {
	key, text := signingKey(1)
	system := &nameSystem{texts: map[string]string{"s1._domainkey.corral.example": text}}
	w := signing(t, system)
	path := save(t, t.TempDir(), "a.eml", signedEmail(t, "A", "corral.example", "s1", key))
	got, err := w.ImportFromFiles(t.Context(), casework.FilesImport{CaseID: w.caseID, Paths: []string{path}, WithoutKeys: true}, nil)
	if err != nil || got.Imported != 1 || got.KeysKept != 0 || got.KeysWaiting != 1 || len(system.asked) != 0 {
		t.Errorf("%+v, %v, asked for %v", got, err, system.asked)
	}
}

func TestAKeyThatWasReplacedUnderItsNameIsAskedForAgainAndBothAreKept(t *testing.T) {
	first, firstText := signingKey(1)
	second, secondText := signingKey(2)
	const name = "s1._domainkey.corral.example"
	system := &nameSystem{texts: map[string]string{name: firstText}}
	w := signing(t, system)
	w.take(signedEmail(t, "A", "corral.example", "s1", first))
	w.now = w.now.AddDate(0, 0, 6)
	w.take(signedEmail(t, "B", "corral.example", "s1", first))
	if asked := system.askedFor(); asked != name {
		t.Errorf("within a week it was asked for %s", asked)
	}
	w.now = w.now.AddDate(0, 0, 2)
	if got := w.take(signedEmail(t, "C", "corral.example", "s1", first)); got.KeysKept != 0 || system.askedFor() != name {
		t.Errorf("the same key was put on record again, or not asked for: %+v", got)
	}
	system.texts[name] = secondText
	w.now = w.now.AddDate(0, 1, 0)
	w.take(signedEmail(t, "D", "corral.example", "s1", second))
	if said := w.verdicts(); said != "A fits, B fits, C fits, D fits" {
		t.Errorf("verdicts: %s", said)
	}
}

func TestKeysThatHadToWaitAreAskedForAgainByThemselves(t *testing.T) {
	key, text := signingKey(1)
	system := &nameSystem{offline: true, texts: map[string]string{"s1._domainkey.corral.example": text}}
	w := signing(t, system)
	w.take(signedEmail(t, "A", "corral.example", "s1", key))
	system.askedFor()
	due := func(retry bool) string {
		t.Helper()
		if _, err := w.KeepKeysDue(t.Context(), retry); err != nil {
			t.Fatal(err)
		}
		return system.askedFor()
	}
	waiting := func() int64 {
		t.Helper()
		count, err := w.KeysWaiting(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return count
	}
	if asked := due(false); asked != "" {
		t.Errorf("at once it asks for %s", asked)
	}
	w.now = w.now.Add(10 * time.Minute)
	if asked := due(false); asked == "" || waiting() != 1 {
		t.Errorf("after a while it asks for %q, and %d wait", asked, waiting())
	}
	system.offline = false
	if asked := due(true); asked != "s1._domainkey.corral.example" || waiting() != 0 {
		t.Errorf("where the network is there it asks for %q, and %d wait", asked, waiting())
	}
	w.now = w.now.Add(time.Hour)
	if asked := due(true); asked != "" {
		t.Errorf("what was answered is asked for again: %s", asked)
	}
	if said := w.verdicts(); said != "A fits" {
		t.Errorf("verdicts: %s", said)
	}
}

func TestNobodyIsAskedForKeysWhereThatIsSwitchedOff(t *testing.T) {
	key, text := signingKey(1)
	system := &nameSystem{texts: map[string]string{"s1._domainkey.corral.example": text}}
	w := signing(t, system)
	if err := w.AskForKeys(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if got := w.take(signedEmail(t, "A", "corral.example", "s1", key)); got.KeysKept != 0 || got.KeysWaiting != 1 {
		t.Errorf("kept %d, waiting %d", got.KeysKept, got.KeysWaiting)
	}
	if _, err := w.KeepKeysDue(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if asked := system.askedFor(); asked != "" {
		t.Errorf("it asks for %s", asked)
	}
	if err := w.AskForKeys(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if kept, err := w.KeepKeysDue(t.Context(), true); err != nil || kept.Kept != 1 {
		t.Errorf("switched on it keeps %+v, %v", kept, err)
	}
}
