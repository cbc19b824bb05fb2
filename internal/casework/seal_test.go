package casework_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casework"
	"constancia/internal/problem"
	"constancia/internal/seal/sealtest"
)

// sealed is a case with one call, and a service for time stamps whose clock is right.
type sealed struct {
	*work
	service *sealtest.Service
}

func beginSealed(t *testing.T) *sealed {
	t.Helper()
	service, err := sealtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(service.Close)
	s := &sealed{begin(t), service}
	service.SetClock(func() time.Time { return s.now })
	s.call(s.caseID)
	return s
}

func (s *sealed) call(caseID string) {
	s.t.Helper()
	if _, err := s.LogContact(s.t.Context(), casework.LogContact{CaseID: caseID, Summary: "It is on the van.", Company: "Almacenes Lumen"}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sealed) choose(service string) {
	s.t.Helper()
	if _, err := s.ChooseSealService(s.t.Context(), service); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sealed) seal() casework.Sealing {
	s.t.Helper()
	sealing, err := s.Seal(s.t.Context(), "", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return sealing
}

func (s *sealed) due(retry bool) casework.Sealing {
	s.t.Helper()
	sealing, err := s.SealDue(s.t.Context(), retry, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return sealing
}

func (s *sealed) export() {
	s.t.Helper()
	out := filepath.Join(s.t.TempDir(), "dossier.pdf")
	if _, err := s.ExportDossier(s.t.Context(), casework.ExportDossier{CaseID: s.caseID, Language: "en", Out: out}, nil); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sealed) wantAsked(times int) {
	s.t.Helper()
	if got := len(s.service.Requests()); got != times {
		s.t.Fatalf("the service was asked %d times, not %d", got, times)
	}
}

func TestNothingIsSentBeforeAServiceWasChosen(t *testing.T) {
	s := beginSealed(t)
	if _, err := s.Seal(t.Context(), "", nil); !errors.Is(err, problem.New(problem.SealServiceMissing, nil)) {
		t.Errorf("%v", err)
	}
	s.now = s.now.Add(48 * time.Hour)
	if sealing := s.due(true); sealing.Sealed+sealing.Queued != 0 {
		t.Errorf("%+v", sealing)
	}
	s.export()
	s.choose(s.service.URL)
	s.choose(casework.NoSealService)
	s.export()
	s.wantAsked(0)
}

func TestEachCaseIsSealedOnceForWhatItHas(t *testing.T) {
	s := beginSealed(t)
	other, err := s.NewCase(t.Context(), casework.NewCase{Title: "The light", Zone: "Europe/Madrid",
		Companies: []casework.NewParty{{Name: "Almacenes Lumen"}}})
	if err != nil {
		t.Fatal(err)
	}
	s.choose(s.service.URL)
	var steps []casework.Progress
	one, err := s.Seal(t.Context(), s.caseID, func(p casework.Progress) { steps = append(steps, p) })
	if err != nil || one.Sealed != 1 || one.Items[0].CaseID != s.caseID || one.Items[0].Title != theParcel().Title {
		t.Errorf("%+v, %v", one, err)
	}
	if len(steps) != 1 || steps[0].What != "sealing" {
		t.Errorf("%+v", steps)
	}
	if rest := s.seal(); rest.Sealed != 1 || rest.Items[0].CaseID != other {
		t.Errorf("%+v", rest)
	}
	if again := s.seal(); again.Sealed != 0 || len(again.Items) != 0 {
		t.Errorf("%+v", again)
	}
	s.wantAsked(2)
	if _, err := s.Seal(t.Context(), "nothing", nil); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("%v", err)
	}
	verified, err := s.VerifyRecord(t.Context(), nil)
	if err != nil || !verified.Holds || len(verified.Seals) != 2 {
		t.Fatalf("%+v, %v", verified, err)
	}
	for _, log := range verified.Logs {
		if (log.Sealed == nil) != (log.CaseID == "") {
			t.Errorf("%+v", log)
		}
		if log.Sealed != nil && (log.Sealed.Entries != log.Entries-1 || log.Sealed.By != "Example Clock (Time for Examples)" || log.Sealed.Trusted) {
			t.Errorf("%+v", log.Sealed)
		}
	}
}

func TestASealIsDueAMinuteAfterTheLastEntryAndOnceADay(t *testing.T) {
	s := beginSealed(t)
	s.choose(s.service.URL)
	steps := []struct {
		after time.Duration
		call  bool
		want  int
	}{
		{59 * time.Second, false, 0},
		{time.Second, false, 1},
		{time.Hour, false, 0},
		{25 * time.Hour, false, 0}, // a seal never triggers a seal
		{0, true, 0},
		{time.Minute, false, 1},
		{time.Minute, true, 0},
		{23*time.Hour + 58*time.Minute, false, 0},
		{time.Minute, false, 1},
		{time.Minute, true, 0},
		{-365 * 24 * time.Hour, false, 1}, // a clock set back a year does not put it off for a year
	}
	for i, step := range steps {
		s.now = s.now.Add(step.after)
		if step.call {
			s.call(s.caseID)
		}
		if got := s.due(false).Sealed; got != step.want {
			t.Errorf("step %d: %d sealed, want %d", i, got, step.want)
		}
	}
}

func TestWhatCanNotBeSealedWaitsAndTheNewestIsSealedInTheEnd(t *testing.T) {
	s := beginSealed(t)
	s.choose(s.service.URL)
	s.service.Behave(sealtest.Unavailable)
	first := s.now.Format(time.RFC3339)
	sealing := s.seal()
	if sealing.Sealed != 0 || sealing.Queued != 1 || sealing.Items[0].Since != first || sealing.Why.Code != problem.SealServiceRefused {
		t.Fatalf("%+v", sealing)
	}
	before := sealing.Items[0].Entries
	directory := s.Directory()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s.open(directory)

	s.now = s.now.Add(9 * time.Minute)
	s.due(false)
	s.wantAsked(1)
	if again := s.due(true); again.Queued != 1 || again.Items[0].Since != first {
		t.Errorf("%+v", again)
	}
	s.wantAsked(2)
	s.call(s.caseID)
	s.now = s.now.Add(10 * time.Minute)
	s.service.Behave(sealtest.Honest)
	done := s.due(false)
	want := []casework.SealedItem{{
		CaseID: s.caseID, Title: theParcel().Title, LogID: sealing.Items[0].LogID, Entries: before + 1,
		At: s.now.Format(time.RFC3339), By: "Example Clock (Time for Examples)",
	}}
	if diff := cmp.Diff(want, done.Items); diff != "" {
		t.Error(diff)
	}
	if s.now = s.now.Add(time.Hour); len(s.due(true).Items) != 0 {
		t.Error("it still waits")
	}
}

// TestASealThatWasCutOffIsAskedForAgain stops in the middle, as a program does that is killed: the case waits all the same.
func TestASealThatWasCutOffIsAskedForAgain(t *testing.T) {
	s := beginSealed(t)
	s.choose(s.service.URL)
	if s.seal().Sealed != 1 {
		t.Fatal("not sealed")
	}
	s.call(s.caseID)
	s.service.Behave(sealtest.Silent)
	ctx, stop := context.WithCancel(t.Context())
	_, err := s.Seal(ctx, "", func(casework.Progress) { time.AfterFunc(50*time.Millisecond, stop) })
	if !errors.Is(err, context.Canceled) && !errors.Is(err, problem.New(problem.Cancelled, nil)) {
		t.Fatalf("%v", err)
	}
	s.service.Behave(sealtest.Honest)
	if got := s.due(false); got.Sealed != 1 {
		t.Errorf("%+v: it waits for the next day", got)
	}
}

func TestAServiceThatFailsForOneCaseIsNotAskedForTheOthers(t *testing.T) {
	s := beginSealed(t)
	if _, err := s.NewCase(t.Context(), casework.NewCase{Title: "The light", Zone: "Europe/Madrid",
		Companies: []casework.NewParty{{Name: "Almacenes Lumen"}}}); err != nil {
		t.Fatal(err)
	}
	s.choose(s.service.URL)
	s.service.Behave(sealtest.WrongNonce)
	if sealing := s.seal(); sealing.Queued != 2 || sealing.Why.Code != problem.SealServiceOdd {
		t.Errorf("%+v", sealing)
	}
	s.wantAsked(1)
}

func TestADossierIsSealedBeforeItIsMadeAndMadeWithoutASealToo(t *testing.T) {
	s := beginSealed(t)
	s.choose(s.service.URL)
	s.export()
	s.wantAsked(2) // for the record, and for the file
	for _, behaviour := range []sealtest.Behaviour{sealtest.Unavailable, sealtest.Garbage, sealtest.CutsOff, sealtest.Swapped} {
		s.service.Behave(behaviour)
		s.export()
	}
	s.wantAsked(6) // having failed for the record, it is not asked for the file
	verified, err := s.VerifyRecord(t.Context(), nil)
	if err != nil || !verified.Holds || len(verified.Seals) != 1 {
		t.Errorf("%+v, %v", verified, err)
	}
}

func TestTheServicesClockTellsHowWrongTheComputersIs(t *testing.T) {
	s := beginSealed(t)
	s.choose(s.service.URL)
	truth := s.now.AddDate(-1, 0, 0)
	s.service.SetClock(func() time.Time { return truth })
	s.seal()
	s.call(s.caseID)
	truth = s.now.Add(time.Hour)
	s.seal()
	verified, err := s.VerifyRecord(t.Context(), nil)
	if err != nil || !verified.Holds {
		t.Fatalf("%+v, %v", verified, err)
	}
	if first, second := verified.Seals[0].ClockAhead, verified.Seals[1].ClockAhead; first != 365*24*3600 || second != -3600 {
		t.Errorf("%d and %d seconds", first, second)
	}
	for _, log := range verified.Logs {
		if log.CaseID != "" && (log.Sealed.Since != verified.Seals[0].At || log.Sealed.ClockAhead != -3600) {
			t.Errorf("%+v", log.Sealed)
		}
	}
}

func TestAServiceIsChosenByNameOrAddress(t *testing.T) {
	s := beginSealed(t)
	for _, test := range []struct{ choice, want string }{
		{"freetsa", "https://freetsa.org/tsr"},
		{"http://127.0.0.1:1/tsr", "http://127.0.0.1:1/tsr"},
		{casework.NoSealService, ""},
	} {
		address, err := s.ChooseSealService(t.Context(), test.choice)
		if kept, _ := s.SealService(t.Context()); err != nil || address != test.want || kept != test.want {
			t.Errorf("%q: %q, kept %q, %v", test.choice, address, kept, err)
		}
	}
	s.choose("freetsa")
	for _, choice := range []string{"", "nobody", "ftp://example.com/"} {
		_, err := s.ChooseSealService(t.Context(), choice)
		if kept, _ := s.SealService(t.Context()); !errors.Is(err, problem.New(problem.NotAWebAddress, nil)) || kept == "" {
			t.Errorf("%q: kept %q, %v", choice, kept, err)
		}
	}
}
