package proof_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"constancia/internal/dossier/proof"
	"constancia/internal/i18n"
	"constancia/internal/record"
	"constancia/internal/seal/sealtest"
)

// logOf is a log of so many entries, with time stamps of its first ones.
func logOf(t testing.TB, service *sealtest.Service, id string, size int, stamped ...int64) proof.Log {
	t.Helper()
	seed := sha256.Sum256([]byte(id))
	key := ed25519.NewKeyFromSeed(seed[:])
	var tree record.GrownTree
	for i := range size {
		tree.Append(sha256.Sum256(fmt.Append(nil, id, i)))
	}
	signed := func(size int64) ([]byte, record.Head) {
		at, err := record.TreeOf(size, &tree)
		if err != nil {
			t.Fatal(err)
		}
		head := record.Head{LogID: id, Tree: at}
		note, err := head.Sign(key)
		if err != nil {
			t.Fatal(err)
		}
		return note, head
	}
	note, _ := signed(int64(size))
	verifierKey, err := record.VerifierKey(id, key.Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	log, err := proof.NewLog(note, verifierKey)
	if err != nil {
		t.Fatal(err)
	}
	for _, first := range stamped {
		note, _ := signed(first)
		token, err := service.Token(note)
		if err != nil {
			t.Fatal(err)
		}
		goesOn, err := record.ProveConsistency(first, int64(size), &tree)
		if err != nil {
			t.Fatal(err)
		}
		log.Seals = append(log.Seals, proof.Seal{Signed: note, Token: token, Service: "https://time.example/tsa", Proof: goesOn})
	}
	return log
}

func start(t testing.TB) *sealtest.Service {
	t.Helper()
	service, err := sealtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(service.Close)
	return service
}

func written(t testing.TB, language i18n.Language, logs ...proof.Log) []byte {
	t.Helper()
	text, err := proof.Write(logs, i18n.For(language))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// judge says what is wrong with a text; nil when all of it holds.
func judge(text []byte) error {
	logs, err := proof.Read(text)
	for _, log := range logs {
		err = errors.Join(err, log.CheckSignature())
		for _, seal := range log.Seals {
			_, _, wrong := log.CheckSeal(seal, nil)
			err = errors.Join(err, wrong)
		}
	}
	return err
}

func TestWhatIsWrittenIsReadAgainInEveryLanguage(t *testing.T) {
	service := start(t)
	logs := []proof.Log{logOf(t, service, "0198-a", 23, 1, 7, 23), logOf(t, service, "0198-b", 1)}
	for _, language := range i18n.Languages() {
		text := written(t, language, logs...)
		read, err := proof.Read(text)
		if err != nil || judge(text) != nil {
			t.Fatalf("%s: %v, %v\n%s", language, err, judge(text), text)
		}
		if again := written(t, language, read...); !bytes.Equal(again, text) {
			t.Errorf("%s: it comes back as\n%s", language, again)
		}
		if !strings.Contains(string(text), proof.Fingerprint(logs)) {
			t.Errorf("%s: it does not give the fingerprint", language)
		}
		if _, entries, err := read[0].CheckSeal(read[0].Seals[1], service.Roots()); err != nil || entries != 7 {
			t.Errorf("%s: the second time stamp covers %d entries, %v", language, entries, err)
		}
	}
}

// TestTheCommandsInTheTextSayThatItHolds runs the very commands that it tells its reader to run.
func TestTheCommandsInTheTextSayThatItHolds(t *testing.T) {
	service := start(t)
	for _, language := range i18n.Languages() {
		log := logOf(t, service, "0198-a", 23, 7)
		text := written(t, language, log, logOf(t, service, "0198-b", 2))
		folder := t.TempDir()
		for name, content := range map[string][]byte{proof.FileName: text, "root.pem": service.RootPEM()} {
			if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		said := ""
		for _, match := range regexp.MustCompile(`(?m)^    ((?:sed|openssl) .*)$`).FindAllStringSubmatch(string(text), -1) {
			command := exec.CommandContext(t.Context(), "sh", "-c", match[1])
			command.Dir = folder
			out, err := command.CombinedOutput()
			if err != nil {
				t.Errorf("%s: %s\n%v: %s", language, match[1], err, out)
			}
			said += string(out)
		}
		for _, want := range []string{proof.Fingerprint([]proof.Log{log, logOf(t, service, "0198-b", 2)}), "Signature Verified Successfully", "Verification: OK", "Time stamp: "} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: the commands say\n%s\nand not %s", language, said, want)
			}
		}
	}
}

func TestAChangedProofDoesNotHold(t *testing.T) {
	service := start(t)
	log, other := logOf(t, service, "0198-a", 23, 7), logOf(t, service, "0198-b", 23, 7)
	for name, test := range map[string]struct {
		change func(*proof.Log)
		want   error
	}{
		"another number of entries":   {func(l *proof.Log) { l.Head.Size++ }, proof.ErrNotSigned},
		"another root":                {func(l *proof.Log) { l.Head.Root[3] ^= 1 }, proof.ErrNotSigned},
		"a flipped signature":         {func(l *proof.Log) { l.Signature[40] ^= 1 }, proof.ErrNotSigned},
		"the key of another computer": {func(l *proof.Log) { l.Key = other.Key }, proof.ErrNotSigned},
		"the head of another log":     {func(l *proof.Log) { l.Head = other.Head }, proof.ErrNotSigned},
		"a token of other bytes":      {func(l *proof.Log) { l.Seals[0].Signed = log.Seals[0].Signed[1:] }, proof.ErrNotStamped},
		"the time stamp of a log":     {func(l *proof.Log) { l.Seals = other.Seals }, proof.ErrNotStamped},
		"a proof of something else":   {func(l *proof.Log) { l.Seals[0].Proof[0][0] ^= 1 }, proof.ErrNotStamped},
		"no proof":                    {func(l *proof.Log) { l.Seals[0].Proof = nil }, proof.ErrNotStamped},
	} {
		changed := logOf(t, service, "0198-a", 23, 7)
		test.change(&changed)
		if err := judge(written(t, i18n.English, changed)); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	service := start(f)
	f.Add(written(f, i18n.English, logOf(f, service, "0198-a", 5, 2), logOf(f, service, "0198-b", 1)))
	f.Add([]byte("head.1|constancia/a\nhead.1|1\n"))
	f.Add([]byte("stamped.1.1|\nproof.1.1|AA==\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		logs, err := proof.Read(text)
		if err != nil {
			if !errors.Is(err, proof.ErrNotAProof) {
				t.Fatal(err)
			}
			return
		}
		again, err := proof.Write(logs, i18n.For(i18n.English))
		if err != nil {
			t.Fatal(err)
		}
		if read, err := proof.Read(again); err != nil || proof.Fingerprint(read) != proof.Fingerprint(logs) {
			t.Errorf("what was read is not read again: %v", err)
		}
	})
}
