package casefile_test

import (
	"testing"
	"time"

	"constancia/internal/casefile"
)

func TestASlipIsCountedAndWhatWasWithdrawnLateOrAfterATimeStampIsToldInFull(t *testing.T) {
	recorded := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	tests := []struct {
		name      string
		after     time.Duration
		afterSeal bool
		want      bool
	}{
		{"at once", 0, false, false},
		{"at the last moment", 15 * time.Minute, false, false},
		{"a moment later", 15*time.Minute + time.Millisecond, false, true},
		{"at once, but a time stamp was quicker", time.Second, true, true},
		{"before it was recorded, by a clock that was set back", -time.Second, false, true},
	}
	for _, test := range tests {
		w := casefile.Withdrawal{Entry: casefile.Entry{RecordedAt: recorded}, At: recorded.Add(test.after), AfterSeal: test.afterSeal}
		if got := w.InFull(); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
