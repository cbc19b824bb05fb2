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

// watch has the desk look after its seals until it has asked the service so many times, or a moment when it must not.
func (s *scene) watch(service *sealtest.Service, requests int) int {
	s.t.Helper()
	ctx, stop := context.WithTimeout(s.t.Context(), time.Minute)
	if requests == 0 {
		ctx, stop = context.WithTimeout(s.t.Context(), 300*time.Millisecond)
	}
	defer stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.keepSealed(ctx)
	}()
	for ctx.Err() == nil && (requests == 0 || len(service.Requests()) < requests) {
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	<-done
	return len(service.Requests())
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
