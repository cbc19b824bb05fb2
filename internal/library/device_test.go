package library_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
	"constancia/internal/secret"
)

// ownLog is the log that this device writes of a case.
func ownLog(t *testing.T, l *library.Library, caseID string) library.Log {
	t.Helper()
	logs, err := l.Logs(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(logs, func(log library.Log) bool { return log.Own && log.CaseID == caseID })
	if at < 0 {
		t.Fatalf("this device has no log of the case among %+v", logs)
	}
	return logs[at]
}

func TestALogsHeadIsSignedWithTheKeyThatTheLogBeginsWith(t *testing.T) {
	directory := t.TempDir()
	l := open(t, directory)
	caseID := newCase(t, l)
	put(t, l, record.KindContact, caseID, call(caseID, "They hung up"))
	log := ownLog(t, l, caseID)
	if log.Letter != "A" || log.Size != 3 || len(log.Key) != ed25519.PublicKeySize || log.First > log.Last {
		t.Errorf("the log is %+v", log)
	}
	head, signed, err := l.HeadOf(t.Context(), log.ID, 0)
	if err != nil || head.Size != 3 {
		t.Fatalf("the head is %+v, %v", head, err)
	}
	key, err := record.VerifierKey(log.ID, log.Key)
	if err != nil {
		t.Fatal(err)
	}
	if opened, err := record.OpenHead(signed, key); err != nil || opened != head {
		t.Errorf("the signed head opens as %+v, %v", opened, err)
	}
	var tree record.GrownTree
	err = l.Entries(t.Context(), func(stored record.Stored) error {
		if stored.Header.LogID == log.ID {
			tree.Append(stored.LeafHash)
		}
		return nil
	})
	if relation, judged := record.JudgeGrown(head.Tree, tree.Size(), &tree); err != nil || judged != nil || relation != record.Same {
		t.Errorf("it is %s to what the entries make, %v, %v", relation, err, judged)
	}
	older, _, err := l.HeadOf(t.Context(), log.ID, 2)
	if err != nil || older.Size != 2 || older.Root == head.Root {
		t.Errorf("the head of the first two is %+v, %v", older, err)
	}
	for _, size := range []int64{4, -1} {
		if _, _, err := l.HeadOf(t.Context(), log.ID, size); err == nil {
			t.Errorf("there is a head of %d entries", size)
		}
	}
	_, _, err = l.HeadOf(t.Context(), "nowhere", 0)
	requireProblem(t, err, problem.NotFound)
}

func TestTheKeyLiesOutsideTheLibrary(t *testing.T) {
	directory := t.TempDir()
	l := open(t, directory)
	caseID := newCase(t, l)
	keys := options(directory).Keys
	seed, found, err := keys.Get(library.DeviceKeyName(ownLog(t, l, caseID).DeviceID))
	if err != nil || !found || len(seed) != ed25519.SeedSize {
		t.Fatalf("the key is %d bytes, %t, %v", len(seed), found, err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for name, content := range snapshot(t, directory) {
		for _, form := range []string{string(seed), hex.EncodeToString(seed)} {
			if strings.Contains(content, form) {
				t.Errorf("%s holds the key", name)
			}
		}
	}
}

func TestALibraryWithoutItsKeyGoesOnAsANewDevice(t *testing.T) {
	directory := t.TempDir()
	first := open(t, directory)
	caseID := newCase(t, first)
	put(t, first, record.KindContact, caseID, call(caseID, "On the first computer"))
	before := ownLog(t, first, caseID)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	o := options(directory)
	o.Keys = secret.InFiles(filepath.Join(t.TempDir(), "keys"))
	second := openWith(t, o)
	put(t, second, record.KindContact, caseID, call(caseID, "On the second computer"))
	after := ownLog(t, second, caseID)
	if after.DeviceID == before.DeviceID || after.ID == before.ID || after.Letter != "B" || after.Size != 2 {
		t.Errorf("the second computer writes %+v, the first wrote %+v", after, before)
	}
	if logs, err := second.Logs(t.Context(), caseID); err != nil || len(logs) != 2 {
		t.Errorf("the logs of the case are %+v, %v", logs, err)
	}
	if _, _, err := second.HeadOf(t.Context(), before.ID, 0); err == nil {
		t.Error("the second computer signs the log of the first")
	}
	file, err := second.CaseFile(t.Context(), caseID)
	if err != nil || len(file.Contacts) != 2 {
		t.Errorf("the case has %d contacts, %v", len(file.Contacts), err)
	}
	requireHolds(t, second)
}

func TestManyProcessesOfOneComputerAreOneDevice(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	directory := t.TempDir()
	l := open(t, directory)
	caseID := newCase(t, l)
	if err := os.RemoveAll(directory + "-keys"); err != nil { // they find a library without its key, all at once
		t.Fatal(err)
	}
	var others []*process
	for range 10 {
		others = append(others, start(t, "append a hundred", directory, caseID))
	}
	for _, other := range others {
		other.requireDone(t)
	}
	logs, err := l.Logs(t.Context(), caseID)
	if err != nil || len(logs) != 2 {
		t.Errorf("the logs are %+v, %v, want that of the first device and that of the new one", logs, err)
	}
	again := open(t, directory)
	if got := ownLog(t, again, caseID); got.Size != 1001 {
		t.Errorf("the new device's log is %+v, want its 1,000 calls and itself", got)
	}
	requireHolds(t, again)
}

func TestEachDeviceOfACaseHasItsLetter(t *testing.T) {
	directory := t.TempDir()
	l := open(t, directory)
	caseID := newCase(t, l)
	other := newCase(t, l)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"B", "C", "D"} {
		o := options(directory)
		o.Keys = secret.InFiles(filepath.Join(t.TempDir(), fmt.Sprint(i)))
		device := openWith(t, o)
		put(t, device, record.KindContact, caseID, call(caseID, want))
		if got := ownLog(t, device, caseID); got.Letter != want {
			t.Errorf("device %d has the letter %s, want %s", i+2, got.Letter, want)
		}
		if err := device.Close(); err != nil {
			t.Fatal(err)
		}
	}
	again := open(t, directory)
	put(t, again, record.KindPerson, other, casefile.Person{CaseID: other, PartyID: "p", Name: "Ana"})
	if logs, err := again.Logs(t.Context(), other); err != nil || len(logs) != 2 || logs[0].Letter == logs[1].Letter {
		t.Errorf("the logs of the other case are %+v, %v", logs, err)
	}
}

func TestAFirstEntryThatFailedLeavesNoLibraryWithoutItsDevice(t *testing.T) {
	directory := t.TempDir()
	l := open(t, directory)
	err := l.Append(t.Context(), library.Draft{Kind: "rumour", ID: library.NewID(), Payload: casefile.Case{}})
	if err == nil {
		t.Fatal("an unknown kind was appended")
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, directory)
	newCase(t, again)
	if logs, err := again.Logs(t.Context(), ""); err != nil || len(logs) != 2 || logs[0].CaseID != "" {
		t.Errorf("the logs are %+v, %v, want that of the library, too", logs, err)
	}
	requireHolds(t, again)
}
