package casework

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/mail/dkim"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// KeyLookup asks the domain name system for the keys of signatures.
type KeyLookup = dkim.Lookup

// DefaultLookup asks the system's own resolver; nobody where CONSTANCIA_OFFLINE is set.
func DefaultLookup() KeyLookup {
	if os.Getenv("CONSTANCIA_OFFLINE") != "" {
		return nil
	}
	return dkim.System
}

// Limits of asking for keys. Each email may name any key: nobody's mailbox is to flood the domain name system.
const (
	keysAtOnce   = 8
	keysPerAct   = 2000
	keyPatience  = 5 * time.Second
	keyGivingUp  = 4                  // so many that got no answer, and none that did: there is no network
	keyStaysGood = 7 * 24 * time.Hour // after which new mail has it asked for again: keys are replaced under their names
)

// KeysKept counts what came of asking for keys.
type KeysKept struct {
	// Kept is how many answers were put on record.
	Kept int64 `json:"kept"`
	// Waiting is how many keys nobody could be asked for.
	Waiting int64 `json:"waiting"`
}

// KeepKeys asks the domain name system for the keys of the signatures of a case's emails that were never answered, and
// puts the answers on record. An import does that by itself; this is for what had to wait, without a network or because
// the person wanted it so. It tells the domain name system which domains wrote to the person.
//
// Problems: not_found, disk_full, cancelled.
func (c *Casework) KeepKeys(ctx context.Context, caseID string) (KeysKept, error) {
	if err := c.library.RequireCase(ctx, caseID); err != nil {
		return KeysKept{}, err
	}
	names, err := c.keysUnanswered(ctx, caseID)
	if err != nil {
		return KeysKept{}, err
	}
	kept, err := c.keepKeys(ctx, caseID, names)
	if err != nil {
		return kept, err
	}
	return kept, c.noteWaiting(ctx, caseID, kept.Waiting > 0)
}

// needKeys notes the keys that the signatures of a message need.
func (in *intake) needKeys(reading casefile.Reading) {
	for _, name := range reading.KeyNames {
		in.keyNames[name] = true
	}
}

// keepKeys asks for the keys that an import's messages need.
func (in *intake) keepKeys(ctx context.Context) error {
	if len(in.keyNames) == 0 {
		return nil
	}
	due, err := in.casework.keysDue(ctx, in.caseID, slices.Sorted(maps.Keys(in.keyNames)))
	if err != nil {
		return err
	}
	if in.withoutKeys {
		in.result.KeysWaiting = int64(len(due))
		return nil
	}
	if len(due) == 0 {
		return nil
	}
	kept, err := in.casework.keepKeysOrWait(ctx, in.caseID, due)
	in.result.KeysKept, in.result.KeysWaiting = kept.Kept, kept.Waiting
	return err
}

// keysDue are those of some keys that were not answered lately.
func (c *Casework) keysDue(ctx context.Context, caseID string, names []string) ([]string, error) {
	known, err := c.keyRecords(ctx, caseID)
	return slices.DeleteFunc(names, func(name string) bool {
		answers := known[name]
		if len(answers) == 0 {
			return false
		}
		at, err := time.Parse(time.RFC3339, answers[0].AskedAt)
		return err == nil && c.Now().Sub(at) < keyStaysGood
	}), err
}

// keyRecords are the answers about keys that a case has, by the keys' names, the latest first.
func (c *Casework) keyRecords(ctx context.Context, caseID string) (map[string][]casefile.KeyRecord, error) {
	found, err := library.Things[casefile.KeyRecord](ctx, c.library, record.KindKeyRecord, caseID)
	known := map[string][]casefile.KeyRecord{}
	for _, one := range slices.Backward(found) {
		known[one.Value.Name()] = append(known[one.Value.Name()], one.Value)
	}
	return known, err
}

// keepKeys asks for keys, and puts the answers on record that say something new.
func (c *Casework) keepKeys(ctx context.Context, caseID string, names []string) (KeysKept, error) {
	answers := c.askForKeys(ctx, names)
	kept := KeysKept{Waiting: int64(len(names) - len(answers))}
	if len(answers) > 0 {
		whole := context.WithoutCancel(ctx) // what was answered is not asked again
		known, err := c.keyRecords(whole, caseID)
		if err != nil {
			return kept, err
		}
		err = c.record(whole, caseID, func(o *operation) {
			for _, answer := range answers {
				before := known[answer.Name()]
				if len(before) == 0 || !slices.Equal(before[0].Texts, answer.Texts) {
					answer.CaseID = caseID
					o.add(record.KindKeyRecord, answer)
				}
			}
			kept.Kept = int64(len(o.drafts))
		})
		if err != nil {
			return KeysKept{Waiting: int64(len(names))}, err
		}
	}
	if ctx.Err() != nil {
		return kept, problem.Wrap(ctx.Err(), problem.Cancelled, nil)
	}
	return kept, nil
}

// askForKeys asks for several keys at once, and gives the answers in the order of their names. Where nobody ever answers,
// it does not go on asking.
func (c *Casework) askForKeys(ctx context.Context, names []string) []casefile.KeyRecord {
	if c.lookupTXT == nil {
		return nil
	}
	var (
		mutex    sync.Mutex
		silences int
		answers  []casefile.KeyRecord
		askers   sync.WaitGroup
		waiting  = make(chan string)
	)
	offline := func() bool {
		mutex.Lock()
		defer mutex.Unlock()
		return len(answers) == 0 && silences >= keyGivingUp
	}
	for range min(keysAtOnce, len(names)) {
		askers.Go(func() {
			for name := range waiting {
				answer, err := c.askForKey(ctx, name)
				mutex.Lock()
				if err != nil {
					silences++
				} else {
					answers = append(answers, answer)
				}
				mutex.Unlock()
			}
		})
	}
	for _, name := range names[:min(len(names), keysPerAct)] {
		if ctx.Err() != nil || offline() {
			break
		}
		waiting <- name
	}
	close(waiting)
	askers.Wait()
	slices.SortFunc(answers, func(a, b casefile.KeyRecord) int { return strings.Compare(a.Name(), b.Name()) })
	return answers
}

func (c *Casework) askForKey(ctx context.Context, name string) (casefile.KeyRecord, error) {
	ctx, cancel := context.WithTimeout(ctx, keyPatience)
	defer cancel()
	answer, err := c.lookupTXT(ctx, name)
	if err != nil {
		return casefile.KeyRecord{}, err
	}
	selector, domain, _ := strings.Cut(name, "._domainkey.")
	texts := append([]string{}, answer.Shortened().Texts...)
	slices.Sort(texts) // they have no order
	return casefile.KeyRecord{Domain: domain, Selector: selector, Texts: texts, Resolver: answer.Resolver,
		AskedAt: c.Now().UTC().Format(time.RFC3339)}, nil
}
