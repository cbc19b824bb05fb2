package app

import (
	"context"
	"testing"
	"time"

	"constancia/internal/seal/sealtest"
)

// aSealedScene is a desk whose record a service stamps, and the clock it goes by.
func aSealedScene(t *testing.T) (*scene, *sealtest.Service, *time.Time) {
	t.Helper()
	service, err := sealtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(service.Close)
	s := newScene(t)
	now := time.Now()
	s.clock = func() time.Time { return now }
	s.newCase()
	if _, err := s.casework.ChooseSealService(t.Context(), service.URL); err != nil {
		t.Fatal(err)
	}
	s.cancel() // the desk's own look: the test has its own
	s.background.Wait()
	return s, service, &now
}

// watch has the desk look after its seals until so many are on record, or a moment when there is to be no other. It gives
// how often the service was asked.
func (s *scene) watch(service *sealtest.Service, seals int) int {
	s.t.Helper()
	ctx, stop := context.WithTimeout(s.t.Context(), time.Minute)
	if seals == 0 {
		ctx, stop = context.WithTimeout(s.t.Context(), 300*time.Millisecond)
	}
	defer stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.keepSealed(ctx)
	}()
	for ctx.Err() == nil && (seals == 0 || s.seals() < seals) {
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	<-done
	return len(service.Requests())
}

// seals counts the time stamps on record.
func (s *scene) seals() int {
	s.t.Helper()
	verified, err := s.casework.VerifyRecord(s.t.Context(), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return len(verified.Seals)
}

func TestTheRecordIsStampedAMinuteAfterTheLastEntry(t *testing.T) {
	s, service, now := aSealedScene(t)
	if got := s.watch(service, 0); got != 0 {
		t.Errorf("it was stamped %d times while the person may still be at it", got)
	}
	*now = now.Add(61 * time.Second)
	if got := s.watch(service, 1); got != 1 {
		t.Errorf("it was stamped %d times, want once", got)
	}
	if got := s.watch(service, 0); got != 1 {
		t.Errorf("nothing was recorded since, and it was stamped again: %d", got)
	}
}
