package library_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestASettingStaysUntilItIsPutAnewOrEmptied(t *testing.T) {
	l := open(t, t.TempDir())
	put := func(name, value string) {
		t.Helper()
		if err := l.PutSetting(t.Context(), name, value); err != nil {
			t.Fatal(err)
		}
	}
	get := func(name, want string) {
		t.Helper()
		if got, err := l.Setting(t.Context(), name); err != nil || got != want {
			t.Errorf("%s is %q, %v, want %q", name, got, err, want)
		}
	}
	get("color", "")
	put("color", "navy")
	put("waits/a", "1")
	put("waits/b", "2")
	put("waits_c", "3")
	put("color", "red")
	get("color", "red")
	waits, err := l.Settings(t.Context(), "waits/")
	if diff := cmp.Diff(map[string]string{"a": "1", "b": "2"}, waits); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	put("waits/a", "")
	put("waits/a", "")
	get("waits/a", "")
	get("waits/b", "2")
}
