package app

import (
	"os"
	"testing"
)

func TestARecordThatWasPutBackSurprisesThePageUntilItIsAccepted(t *testing.T) {
	s := newScene(t)
	s.newCase()
	older := t.TempDir()
	if err := s.casework.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(older, os.DirFS(s.own)); err != nil {
		t.Fatal(err)
	}
	reopen := func() bool {
		t.Helper()
		if err := s.enter(s.own, false); err != nil {
			t.Fatal(err)
		}
		start, err := (&Window{s.desk}).Ready("en", "")
		if err != nil {
			t.Fatal(err)
		}
		return start.Surprised
	}
	if reopen() {
		t.Error("a record that nobody touched surprises")
	}
	s.newCase()
	if err := s.casework.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(s.own); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(s.own, os.DirFS(older)); err != nil {
		t.Fatal(err)
	}
	if first, again := reopen(), reopen(); !first || !again {
		t.Error("a record that was put back does not surprise")
	}
	if err := (&Record{s.desk}).Accept(); err != nil {
		t.Fatal(err)
	}
	if reopen() {
		t.Error("accepted, it still surprises")
	}
}
