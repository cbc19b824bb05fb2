package casework

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
	"constancia/internal/seal"
)

// When a log is sealed without being asked, once a service was chosen.
const (
	// sealQuiet must have passed since the last entry, so that one seal covers a whole telephone call.
	sealQuiet = time.Minute
	// sealEvery is the least time between two seals of one log that nobody asked for.
	sealEvery = 24 * time.Hour
	// sealPause is the least time before a service that failed is asked again by itself.
	sealPause = 10 * time.Minute
	// exportPatience is how long an export waits for a seal before it goes on without.
	exportPatience = 8 * time.Second
)

// sealWaiting begins the names of the settings that say which logs wait for a seal, by log id.
//
// The queue holds logs, not heads: when the service answers at last, the newest head is sealed. It covers all that an older
// one covers, and both would have the same time. It lies outside the log, and a log is in it before the service is asked,
// so that it survives whatever happens meanwhile.
const sealWaiting = "seal_waiting/"

// waiting is why and since when a log waits.
type waiting struct {
	Since string       `json:"since"` // RFC 3339 in UTC, as all times here
	Tried string       `json:"tried,omitempty"`
	Why   problem.Code `json:"why,omitempty"`
}

// Sealing is what came of asking for seals.
type Sealing struct {
	// Sealed and Queued count the logs that have a new seal, and those that still wait for one.
	Sealed int          `json:"sealed"`
	Queued int          `json:"queued"`
	Items  []SealedItem `json:"items"`
	// Why is what kept the queued ones waiting.
	Why *problem.Problem `json:"-"`
}

// SealedItem is one log of a case, sealed or waiting.
type SealedItem struct {
	CaseID string `json:"case"`
	Title  string `json:"title"`
	LogID  string `json:"log"`
	// Entries is how many entries the seal covers, or would cover now.
	Entries int64 `json:"entries"`
	// At and By are the service's time, RFC 3339 in UTC, and its name; empty for a log that waits.
	At string `json:"at,omitempty"`
	By string `json:"by,omitempty"`
	// Since is when a waiting log was to be sealed first.
	Since string `json:"since,omitempty"`
}

// Seal has the chosen service stamp the records of one case, or of all, as far as this device writes them and they have
// entries without a seal. What can't be sealed now waits; Sealing.Why says why.
//
// Problems: seal_service_missing, not_found, cancelled.
func (c *Casework) Seal(ctx context.Context, caseID string, progress func(Progress)) (Sealing, error) {
	service, err := c.SealService(ctx)
	if err != nil {
		return Sealing{}, err
	}
	if service == "" {
		return Sealing{}, problem.New(problem.SealServiceMissing, problem.Values{"choices": sealChoices()})
	}
	if caseID != "" {
		if _, err := library.Thing[casefile.Case](ctx, c.library, record.KindCase, caseID); err != nil {
			return Sealing{}, err
		}
	}
	return c.sealThose(ctx, stamping{service: service, progress: progress}, func(state library.SealState, _ *waiting) bool {
		return caseID == "" || state.CaseID == caseID
	})
}

// SealDue seals what is due by itself: records with entries without a seal, a minute after the last entry and once a day,
// and those that wait, now and then. With retry those that wait are tried now, as when the window opens. Without a chosen
// service nothing is ever sent.
func (c *Casework) SealDue(ctx context.Context, retry bool, progress func(Progress)) (Sealing, error) {
	service, err := c.SealService(ctx)
	if err != nil || service == "" {
		return Sealing{Items: []SealedItem{}}, err
	}
	return c.sealThose(ctx, stamping{service: service, progress: progress}, func(state library.SealState, waits *waiting) bool {
		if waits != nil {
			return retry || passed(waits.Tried, c.Now(), sealPause)
		}
		return passed(state.Last, c.Now(), sealQuiet) && passed(state.Recorded, c.Now(), sealEvery)
	})
}

// passed tells whether a length of time has passed since an instant; also when there was none, and when the clock was set
// back since.
func passed(since string, now time.Time, length time.Duration) bool {
	at, err := time.Parse(time.RFC3339, since)
	return err != nil || now.Before(at) || now.Sub(at) >= length
}

// sealForExport seals a case before it leaves the computer, when a service was chosen. A service that fails or takes long
// does not keep the export waiting: the seal is for later then, and why is what kept it.
func (c *Casework) sealForExport(ctx context.Context, caseID string, progress func(Progress)) (why *problem.Problem, err error) {
	service, err := c.SealService(ctx)
	if err != nil || service == "" {
		return nil, err
	}
	sealing, err := c.sealThose(ctx, stamping{service, exportPatience, progress}, func(state library.SealState, _ *waiting) bool {
		return state.CaseID == caseID
	})
	return sealing.Why, err
}

// stamping says who stamps, and how long to wait for it: 0 is as long as [seal.Request] does.
type stamping struct {
	service  string
	patience time.Duration
	progress func(Progress)
}

// sealThose seals the logs that are meant and have something to seal. A service that failed once is not asked again for
// the others.
func (c *Casework) sealThose(ctx context.Context, how stamping, meant func(library.SealState, *waiting) bool) (Sealing, error) {
	sealing := Sealing{Items: []SealedItem{}}
	queue, err := c.sealQueue(ctx)
	if err != nil {
		return sealing, err
	}
	states, err := c.library.SealStates(ctx)
	if err != nil {
		return sealing, err
	}
	titles, err := c.caseTitles(ctx)
	if err != nil {
		return sealing, err
	}
	for i, state := range states {
		if state.Unsealed == 0 || !meant(state, queue[state.LogID]) {
			continue
		}
		report(how.progress, Progress{What: "sealing", Done: int64(i), Total: int64(len(states))})
		item := SealedItem{CaseID: state.CaseID, Title: titles[state.CaseID], LogID: state.LogID, Entries: state.Size}
		err := c.sealOne(ctx, how, item, queue[state.LogID], &sealing)
		if errors.Is(err, problem.New(problem.NotFound, nil)) {
			continue // this computer has lost the log's key, and goes on with another log
		}
		if err != nil {
			return sealing, err
		}
	}
	return sealing, nil
}

// sealOne puts a log into the queue and, unless the service has failed already, has it sealed and takes it out again.
func (c *Casework) sealOne(ctx context.Context, how stamping, item SealedItem, waits *waiting, sealing *Sealing) error {
	if waits == nil {
		waits = &waiting{Since: formatTime(c.Now())}
		if err := c.putWaiting(ctx, item.LogID, waits); err != nil {
			return err
		}
	}
	if sealing.Why == nil {
		err := c.stamp(ctx, how, &item)
		if err == nil {
			sealing.Sealed++
			sealing.Items = append(sealing.Items, item)
			return c.library.PutSetting(ctx, sealWaiting+item.LogID, "")
		}
		if sealing.Why = ofTheService(err); sealing.Why == nil {
			return err
		}
	}
	waits.Tried, waits.Why = formatTime(c.Now()), sealing.Why.Code
	item.Since = waits.Since
	sealing.Queued++
	sealing.Items = append(sealing.Items, item)
	return c.putWaiting(ctx, item.LogID, waits)
}

// stamp has the service seal the newest head of a log, and puts the seal on record.
func (c *Casework) stamp(ctx context.Context, how stamping, item *SealedItem) error {
	head, signed, err := c.library.HeadOf(ctx, item.LogID, 0)
	if err != nil {
		return err
	}
	asking := ctx
	if how.patience > 0 {
		limited, stop := context.WithTimeout(ctx, how.patience)
		defer stop()
		asking = limited
	}
	answer, err := seal.Request(asking, nil, how.service, signed, c.random)
	if err != nil {
		return err
	}
	item.Entries, item.At, item.By = head.Size, answer.At.Format(time.RFC3339Nano), answer.By
	return c.library.Append(ctx, library.Draft{Kind: record.KindSeal, ID: library.NewID(), CaseID: item.CaseID, Payload: casefile.Seal{
		CaseID: item.CaseID, Head: string(signed), Token: base64.StdEncoding.EncodeToString(answer.Token),
		Service: how.service, SealedAt: item.At,
	}})
}

// ofTheService gives a problem that the service or the way to it has, for which the log waits; nil for any other.
func ofTheService(err error) *problem.Problem {
	for _, code := range []problem.Code{problem.SealServiceUnreachable, problem.SealServiceRefused, problem.SealServiceOdd} {
		if errors.Is(err, problem.New(code, nil)) {
			return problem.From(err)
		}
	}
	return nil
}

func (c *Casework) putWaiting(ctx context.Context, logID string, waits *waiting) error {
	text, err := json.Marshal(waits)
	if err != nil {
		return err
	}
	return c.library.PutSetting(ctx, sealWaiting+logID, string(text))
}

func (c *Casework) sealQueue(ctx context.Context) (map[string]*waiting, error) {
	stored, err := c.library.Settings(ctx, sealWaiting)
	queue := map[string]*waiting{}
	for logID, text := range stored {
		var waits waiting
		if json.Unmarshal([]byte(text), &waits) == nil {
			queue[logID] = &waits
		}
	}
	return queue, err
}

func formatTime(at time.Time) string { return at.UTC().Format(time.RFC3339) }
