package library_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

func TestAnErasureThatIsCalledOffBeforeItIsOnRecordErasesNothing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		due  string // what an earlier erasure left due
		when func(o *library.Options, callOff func()) library.Erased
	}{
		{"before it begins", "", func(_ *library.Options, callOff func()) library.Erased {
			return func(library.ErasureStep, int64, int64) { callOff() }
		}},
		{"while it is put on record", "", func(o *library.Options, callOff func()) library.Erased {
			o.Clock = func() time.Time { callOff(); return time.Now() }
			return nil
		}},
		{"while it is put on record, and an earlier one is still due", "due", func(o *library.Options, callOff func()) library.Erased {
			o.Clock = func() time.Time { callOff(); return time.Now() }
			return nil
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			directory := t.TempDir()
			l := open(t, directory)
			caseID := newCase(t, l)
			contact := put(t, l, record.KindContact, caseID, call(caseID, "They said xanthium"))
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			ctx, callOff := context.WithCancel(t.Context())
			o := options(directory)
			told := test.when(&o, callOff)
			l = openWith(t, o)
			if err := l.PutSetting(t.Context(), "sweep", test.due); err != nil {
				t.Fatal(err)
			}
			before := entries(t, l)
			_, _, err := l.Erase(ctx, []string{contact}, "", told)
			requireProblem(t, err, problem.Cancelled)
			if after := entries(t, l); len(after) != len(before) || !state(t, l, contact).Counts {
				t.Errorf("the record had %d entries and has %d; the contact is %+v", len(before), len(after), state(t, l, contact))
			}
			if due, err := l.Setting(t.Context(), "sweep"); err != nil || due != test.due {
				t.Errorf("due is %q, %v", due, err)
			}
			if hits := search(t, l, caseID, "xanthium"); len(hits) != 1 {
				t.Errorf("the search finds %v", hits)
			}
			requireHolds(t, l)
			requireHolds(t, open(t, directory)) // the lock is shared again
		})
	}
}

func TestAnErasureThatIsOnRecordIsFinishedWhoeverCallsItOff(t *testing.T) {
	t.Parallel()
	for _, callOffAt := range []library.ErasureStep{library.ErasingFiles, library.ErasingWords, library.ErasingPages} {
		t.Run(string(callOffAt), func(t *testing.T) {
			t.Parallel()
			directory := t.TempDir()
			l := open(t, directory)
			caseID := newCase(t, l)
			content := putContent(t, l, []byte("xanthium"))
			evidence := put(t, l, record.KindEvidence, caseID, casefile.Evidence{
				CaseID: caseID, FileName: "xanthium.txt", SHA256: content.SHA256, Size: content.Size})
			put(t, l, record.KindContact, caseID, call(caseID, "They hung up"))
			ctx, callOff := context.WithCancel(t.Context())
			defer callOff()
			_, _, err := l.Erase(ctx, []string{evidence}, "", func(step library.ErasureStep, _, _ int64) {
				if step == callOffAt {
					callOff()
				}
			})
			if err != nil || ctx.Err() == nil {
				t.Errorf("it ended with %v, and was called off: %v", err, ctx.Err())
			}
			requireGone(t, directory, "xanthium")
			requireHolds(t, l)
			if due, err := l.Setting(t.Context(), "sweep"); err != nil || due != "" {
				t.Errorf("it is still due: %q, %v", due, err)
			}
		})
	}
}

func TestAnErasureTellsHowFarItIs(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	put(t, l, record.KindEvidence, caseID, casefile.Evidence{CaseID: caseID, FileName: "a", SHA256: putContent(t, l, []byte("a")).SHA256, Size: 1})
	contact := put(t, l, record.KindContact, caseID, call(caseID, "They hung up"))
	put(t, l, record.KindContact, caseID, call(caseID, "They hung up again"))
	var steps []library.ErasureStep
	_, _, err := l.Erase(t.Context(), []string{contact}, "", func(step library.ErasureStep, done, total int64) {
		if step == library.ErasingEntries && total != 0 || step != library.ErasingEntries && (done < 0 || done >= total) {
			t.Errorf("%s is at %d of %d", step, done, total)
		}
		steps = append(steps, step)
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []library.ErasureStep{library.ErasingEntries, library.ErasingFiles, library.ErasingWords, library.ErasingPages}
	if told := slices.Compact(steps); !slices.Equal(told, want) {
		t.Errorf("it tells %v", told)
	}
}
