package casework

import (
	"context"
	"errors"
	"slices"
	"time"

	"constancia/internal/problem"
)

// keysUnasked is the name of the setting by which nobody is asked for keys without being told to.
const keysUnasked = "keys_unasked"

// keysWaiting begins the names of the settings that say for which cases keys have to be asked for again, by case id, and
// when that was tried: RFC 3339 in UTC.
const keysWaiting = "keys_waiting/"

// keysPause is the least time before the domain name system is asked again by itself for what it did not answer.
const keysPause = 10 * time.Minute

// AsksForKeys is whether the keys of signatures are asked for without being told to: when emails are taken in, and later
// for those that had to wait.
func (c *Casework) AsksForKeys(ctx context.Context) (bool, error) {
	unasked, err := c.library.Setting(ctx, keysUnasked)
	return unasked == "", err
}

// AskForKeys has the keys of signatures asked for without being told to, or not. What is not asked for waits.
func (c *Casework) AskForKeys(ctx context.Context, ask bool) error {
	unasked := "yes"
	if ask {
		unasked = ""
	}
	return c.library.PutSetting(ctx, keysUnasked, unasked)
}

// KeysWaiting is how many keys wait to be asked for, of all cases.
func (c *Casework) KeysWaiting(ctx context.Context) (waiting int64, err error) {
	cases, err := c.library.Settings(ctx, keysWaiting)
	if err != nil {
		return 0, err
	}
	for caseID := range cases {
		names, err := c.keysUnanswered(ctx, caseID)
		if err != nil {
			return 0, err
		}
		waiting += int64(len(names))
	}
	return waiting, nil
}

// KeepKeysDue asks for the keys that had to wait because nobody answered, or because the person wanted nobody to be asked
// then. With retry it asks also for those that were asked for lately, as when the network is there again. Where asking is
// switched off nobody is asked.
//
// Problems: disk_full, cancelled.
func (c *Casework) KeepKeysDue(ctx context.Context, retry bool) (kept KeysKept, err error) {
	c.keeping.Lock()
	defer c.keeping.Unlock()
	asks, err := c.AsksForKeys(ctx)
	if err != nil || !asks || c.lookupTXT == nil {
		return kept, err
	}
	cases, err := c.library.Settings(ctx, keysWaiting)
	if err != nil {
		return kept, err
	}
	for caseID, tried := range cases {
		if !retry && !passed(tried, c.Now(), keysPause) {
			continue
		}
		one, err := c.KeepKeys(ctx, caseID)
		if errors.Is(err, problem.New(problem.NotFound, nil)) {
			err = c.library.PutSetting(ctx, keysWaiting+caseID, "") // the case is gone
		}
		if err != nil {
			return kept, err
		}
		kept.Kept += one.Kept
		kept.Waiting += one.Waiting
	}
	return kept, nil
}

// keepKeysOrWait asks for keys if it may, and remembers which case has keys that wait: also when it is cut off meanwhile.
func (c *Casework) keepKeysOrWait(ctx context.Context, caseID string, names []string) (KeysKept, error) {
	kept := KeysKept{Waiting: int64(len(names))}
	asks, err := c.AsksForKeys(ctx)
	if err != nil {
		return kept, err
	}
	before, err := c.library.Setting(ctx, keysWaiting+caseID)
	if err != nil {
		return kept, err
	}
	if err := c.noteWaiting(ctx, caseID, true); err != nil || !asks {
		return kept, err
	}
	kept, err = c.keepKeys(ctx, caseID, names)
	if err == nil && kept.Waiting == 0 && before == "" {
		err = c.noteWaiting(ctx, caseID, false)
	}
	return kept, err
}

// noteWaiting remembers that keys of a case have to be asked for again, or that none has.
func (c *Casework) noteWaiting(ctx context.Context, caseID string, waits bool) error {
	tried := ""
	if waits {
		tried = c.Now().UTC().Format(time.RFC3339)
	}
	before, err := c.library.Setting(ctx, keysWaiting+caseID)
	if err != nil || before == tried {
		return err
	}
	return c.library.PutSetting(ctx, keysWaiting+caseID, tried)
}

// keysUnanswered are the names of the keys that the signatures of a case's emails need, and that were never answered.
func (c *Casework) keysUnanswered(ctx context.Context, caseID string) ([]string, error) {
	names, err := c.library.KeyNames(ctx, caseID)
	if err != nil {
		return nil, err
	}
	known, err := c.keyRecords(ctx, caseID)
	return slices.DeleteFunc(names, func(name string) bool { return len(known[name]) > 0 }), err
}
