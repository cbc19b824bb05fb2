package casework

import (
	"encoding/base64"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
	"constancia/internal/seal/sealtest"
)

// sealBench is a case of this package's own tests, whose record can be written to as no person can.
type sealBench struct {
	*Casework
	t       *testing.T
	service *sealtest.Service
	caseID  string
	logID   string
}

func openSealBench(t *testing.T) *sealBench {
	t.Helper()
	service, err := sealtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(service.Close)
	folder := t.TempDir()
	opened, err := Open(t.Context(), Options{
		Directory: filepath.Join(folder, "library"), Create: true, State: filepath.Join(folder, "state")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := opened.Close(); err != nil {
			t.Error(err)
		}
	})
	s := &sealBench{Casework: opened, t: t, service: service}
	s.caseID, s.logID = s.begin("The parcel")
	return s
}

func (s *sealBench) begin(title string) (caseID, logID string) {
	s.t.Helper()
	caseID, err := s.NewCase(s.t.Context(), NewCase{Title: title, Zone: "Europe/Madrid", Companies: []NewParty{{Name: "Lumen"}}})
	if err != nil {
		s.t.Fatal(err)
	}
	logs, err := s.library.Logs(s.t.Context(), caseID)
	if err != nil {
		s.t.Fatal(err)
	}
	return caseID, logs[0].ID
}

// made is what an honest seal of a log has at a size.
func (s *sealBench) made(logID string, size int64) casefile.Seal {
	s.t.Helper()
	_, signed, err := s.library.HeadOf(s.t.Context(), logID, size)
	if err != nil {
		s.t.Fatal(err)
	}
	at := time.Date(2026, 3, 2, 9, 6, 7, 0, time.UTC)
	s.service.SetClock(func() time.Time { return at })
	token, err := s.service.Token(signed)
	if err != nil {
		s.t.Fatal(err)
	}
	return casefile.Seal{CaseID: s.caseID, Head: string(signed), Token: base64.StdEncoding.EncodeToString(token),
		Service: s.service.URL, SealedAt: at.Format(time.RFC3339)}
}

func (s *sealBench) put(sealed casefile.Seal) {
	s.t.Helper()
	err := s.library.Append(s.t.Context(), library.Draft{Kind: record.KindSeal, ID: library.NewID(), CaseID: s.caseID, Payload: sealed})
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestASealOnRecordIsJudged(t *testing.T) {
	tests := []struct {
		name string
		make func(*sealBench) casefile.Seal
		want record.What
	}{
		{"an honest one", func(s *sealBench) casefile.Seal { return s.made(s.logID, 3) }, ""},
		{"one of an earlier state", func(s *sealBench) casefile.Seal { return s.made(s.logID, 1) }, ""},
		{"the token of another head", func(s *sealBench) casefile.Seal {
			sealed := s.made(s.logID, 3)
			sealed.Token = s.made(s.logID, 2).Token
			return sealed
		}, SealFails},
		{"a token that is none", func(s *sealBench) casefile.Seal {
			sealed := s.made(s.logID, 3)
			sealed.Token = base64.StdEncoding.EncodeToString([]byte("time"))
			return sealed
		}, SealFails},
		{"a token in another spelling", func(s *sealBench) casefile.Seal {
			sealed := s.made(s.logID, 3)
			sealed.Token = sealed.Token[:76] + "\n" + sealed.Token[76:]
			return sealed
		}, SealFails},
		{"the head of another log", func(s *sealBench) casefile.Seal {
			_, other := s.begin("The light")
			return s.made(other, 2)
		}, SealHeadUnknown},
		{"a head that was touched", func(s *sealBench) casefile.Seal {
			sealed := s.made(s.logID, 3)
			sealed.Head = strings.Replace(sealed.Head, "\n3\n", "\n2\n", 1)
			return sealed
		}, SealHeadUnknown},
		{"no head", func(s *sealBench) casefile.Seal {
			sealed := s.made(s.logID, 3)
			sealed.Head = ""
			return sealed
		}, SealHeadUnknown},
		{"another time beside the token", func(s *sealBench) casefile.Seal {
			sealed := s.made(s.logID, 3)
			sealed.SealedAt = "2020-03-02T09:06:07Z"
			return sealed
		}, SealTimeDiffers},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := openSealBench(t)
			s.put(test.make(s))
			verified, err := s.VerifyRecord(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			want := []record.Finding{}
			if test.want != "" {
				want = append(want, record.Finding{What: test.want, Where: fmt.Sprintf("%s/4", s.logID)})
			}
			if diff := cmp.Diff(want, verified.Problems); diff != "" {
				t.Error(diff)
			}
			if held := len(verified.Seals) == 1; held != (test.want == "") {
				t.Errorf("%+v", verified.Seals)
			}
		})
	}
}

// TestAHeadThatItsKeySignedOverOtherEntriesIsFound has the owner of the key sign what the record never was, and a seal
// that stands before what it says it covers.
func TestAHeadThatItsKeySignedOverOtherEntriesIsFound(t *testing.T) {
	s := openSealBench(t)
	var checker record.Checker
	err := s.library.Entries(t.Context(), func(stored record.Stored) error {
		checker.Check(stored)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	tree, key := checker.Tree(s.logID)
	honest := s.made(s.logID, 2)
	stored := func(sequence int64, sealed casefile.Seal) record.Stored {
		text := fmt.Sprintf(`{"case":%q,"head":%q,"service":%q,"sealed_at":%q,"token":%q}`,
			sealed.CaseID, sealed.Head, sealed.Service, sealed.SealedAt, sealed.Token)
		header := record.Header{LogID: s.logID, Sequence: sequence, Kind: record.KindSeal, RecordedAt: "2026-03-02T09:06:08.000Z"}
		return record.Stored{Entry: record.Entry{Header: header, Payload: []byte(text)}}
	}
	var otherTree record.GrownTree
	for range 3 {
		otherTree.Append([32]byte{1})
	}
	if _, wrong := judgeSeal(stored(3, honest), tree, key, nil); wrong != "" {
		t.Errorf("an honest one: %s", wrong)
	}
	if _, wrong := judgeSeal(stored(3, honest), &otherTree, key, nil); wrong != SealDiffers {
		t.Errorf("other entries: %q", wrong)
	}
	if _, wrong := judgeSeal(stored(2, honest), tree, key, nil); wrong != SealHeadUnknown {
		t.Errorf("a seal over itself: %q", wrong)
	}
	if _, wrong := judgeSeal(stored(3, honest), tree, nil, nil); wrong != SealHeadUnknown {
		t.Errorf("a log without a key: %q", wrong)
	}
	if _, wrong := judgeSeal(record.Stored{Entry: record.Entry{Payload: []byte("[]")}}, tree, key, nil); wrong != SealFails {
		t.Errorf("a payload that is no seal: %q", wrong)
	}
}

func TestAnExportDoesNotWaitForASilentService(t *testing.T) {
	s := openSealBench(t)
	s.service.Behave(sealtest.Silent)
	sealing, err := s.sealThose(t.Context(), stamping{service: s.service.URL, patience: 20 * time.Millisecond},
		func(library.SealState, *waiting) bool { return true })
	if err != nil || sealing.Queued != 1 || sealing.Why.Code != problem.SealServiceUnreachable {
		t.Errorf("%+v, %v", sealing, err)
	}
}
