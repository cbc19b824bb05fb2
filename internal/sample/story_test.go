package sample

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// lastDay is the evening of the last day of the story.
var lastDay = instant("2026-08-07 20:00")

func TestTheStoryHasTheFiguresItIsKnownFor(t *testing.T) {
	for _, language := range i18n.Languages() {
		story := Story(language)
		figures := story.Figures(lastDay)
		for _, figure := range []struct {
			what      string
			got, want int64
		}{
			{"calls", figures.Calls, 20},
			{"people", figures.People, 20},
			{"refused names", figures.RefusedNames, 2},
			{"promises", figures.Promises, 14},
			{"promises kept", figures.ByState[casefile.PromiseState(casefile.Kept)], 2},
			{"promises broken", figures.ByState[casefile.PromiseState(casefile.Broken)], 9},
			{"promises withdrawn", figures.ByState[casefile.PromiseState(casefile.Withdrawn)], 1},
			{"promises overdue", figures.ByState[casefile.Overdue], 1},
			{"promises open", figures.ByState[casefile.Open], 1},
			{"days", figures.Days, 150},
			{"chats", figures.ByChannel[casefile.Chat], 2},
			{"visits", figures.ByChannel[casefile.InPerson], 1},
			{"letters", figures.ByChannel[casefile.Letter], 2},
			{"web forms", figures.ByChannel[casefile.WebForm], 1},
			{"evidence files", figures.Evidence, 6},
			{"transfers", figures.Transfers, 5},
			{"times sent somewhere else", figures.SentOn, 4},
			{"times the story was told again", figures.Retold, 7},
			{"contradictions", int64(len(story.Contradictions)), 1},
			{"claimed cents", figures.Claimed.Minor, 43820},
		} {
			if figure.got != figure.want {
				t.Errorf("%s: %d %s, want %d", language, figure.got, figure.what, figure.want)
			}
		}
		if figures.RecordedLive == 0 || figures.RecordedSameDay == 0 || figures.RecordedLater == 0 {
			t.Errorf("%s: some entries are recorded at once, some that day, some later; got %d, %d, %d",
				language, figures.RecordedLive, figures.RecordedSameDay, figures.RecordedLater)
		}
	}
}

func TestNoCallMeetsAPersonTwice(t *testing.T) {
	met := map[string]string{}
	for _, c := range Story(i18n.English).Contacts {
		if c.Value.Channel != casefile.Phone {
			continue
		}
		for _, person := range c.Value.PersonIDs {
			if met[person] != "" {
				t.Errorf("%s is on %s and on %s", person, met[person], c.Value.ID)
			}
			met[person] = c.Value.ID
		}
	}
	if len(met) != 20 {
		t.Errorf("%d people on the calls, want 20", len(met))
	}
}

func TestSomeCallsComeInAndSomeKeepWaitingOverFortyMinutes(t *testing.T) {
	var incoming, long, passedOn int
	for _, c := range Story(i18n.English).Contacts {
		if c.Value.Channel != casefile.Phone {
			continue
		}
		if c.Value.Direction == casefile.Incoming {
			incoming++
		}
		if *c.Value.HoldSeconds > 40*60 {
			long++
		}
		if c.Value.Transfers > 0 {
			passedOn++
		}
	}
	if incoming < 3 || long < 4 || passedOn < 3 {
		t.Errorf("%d calls come in, %d wait over 40 minutes, %d are passed on", incoming, long, passedOn)
	}
}

func TestTheRunaroundGoesInACircleOnceAndEndsOnTheWebsite(t *testing.T) {
	for _, language := range i18n.Languages() {
		told := Story(language).Runaround()
		var ways []string
		circles := 0
		for _, turn := range told.Turns {
			if turn.To == casefile.Nowhere {
				continue
			}
			from, to := told.Places[turn.Place], told.Places[turn.To]
			ways = append(ways, from.PartyID+" to "+cmp.Or(to.PartyID, "the website"))
			if turn.Circle {
				circles++
			}
			if to.Words != "" && !to.DeadEnd {
				t.Errorf("%s: somebody sends her on from %s", language, to.Words)
			}
		}
		want := []string{"carrier to store", "store to insurer", "insurer to store", "carrier to the website"}
		if !slices.Equal(ways, want) || circles != 1 {
			t.Errorf("%s: %d circles in %q", language, circles, ways)
		}
	}
}

func TestAnswersThatContradictOneAnotherAreWordForWordWhatWasSaid(t *testing.T) {
	story := Story(i18n.Catalan)
	for _, one := range story.Contradictions {
		for _, answer := range one.Value.Answers {
			if contact := find(t, story.Contacts, answer.EntryID); answer.Said == "" || contact.Verbatim != answer.Said {
				t.Errorf("%s quotes %q of %s, which says %q", one.Value.ID, answer.Said, contact.ID, contact.Verbatim)
			}
		}
	}
}

func TestMessagesThatContradictOneAnotherSayWhatIsQuotedOfThem(t *testing.T) {
	for _, language := range i18n.Languages() {
		for i, answer := range WrittenContradiction(language).Answers {
			if body := wordsOf(language).text(written[i] + ".body"); answer.Said == "" || !strings.Contains(body, answer.Said) {
				t.Errorf("%s: %s does not say %q", language, written[i], answer.Said)
			}
		}
	}
}

func TestAContactIsRecordedAfterItHappenedByItsOwnCompanysPeople(t *testing.T) {
	story := Story(i18n.English)
	for _, c := range story.Contacts {
		end := c.Value.OccurredAt.Earliest()
		for _, lasted := range []*int64{c.Value.HoldSeconds, c.Value.TalkSeconds} {
			if lasted != nil {
				end = end.Add(time.Duration(*lasted) * time.Second)
			}
		}
		if c.Entry.RecordedAt.Before(end) {
			t.Errorf("%s is recorded at %s, before it ended at %s", c.Value.ID, c.Entry.RecordedAt, end)
		}
		for _, id := range c.Value.PersonIDs {
			if person := find(t, story.People, id); person.PartyID != c.Value.PartyID {
				t.Errorf("%s of %s is on %s, with %s", id, person.PartyID, c.Value.ID, c.Value.PartyID)
			}
		}
	}
}

func TestAPromiseIsMadeInItsContactByAPersonOfIt(t *testing.T) {
	story := Story(i18n.English)
	for _, p := range story.Promises {
		c := find(t, story.Contacts, p.Value.ContactID)
		if !slices.Contains(c.PersonIDs, p.Value.PersonID) {
			t.Errorf("%s: %s is not on %s", p.Value.ID, p.Value.PersonID, c.ID)
		}
		if p.Value.MadeAt != c.OccurredAt || p.Value.PartyID != c.PartyID {
			t.Errorf("%s is not made when and where %s happened", p.Value.ID, c.ID)
		}
		if p.Value.Due != nil && !p.Value.Due.Deadline().After(c.OccurredAt.Earliest()) {
			t.Errorf("%s is due before it is made", p.Value.ID)
		}
	}
}

func TestARepeatedPromiseRepeatsAnEarlierOne(t *testing.T) {
	story := Story(i18n.English)
	repeats, undated := 0, 0
	for _, p := range story.Promises {
		if p.Value.Due == nil {
			undated++
		}
		if p.Value.RepeatsID == "" {
			continue
		}
		repeats++
		earlier := find(t, story.Promises, p.Value.RepeatsID)
		if !earlier.MadeAt.Earliest().Before(p.Value.MadeAt.Earliest()) {
			t.Errorf("%s repeats %s, which is later", p.Value.ID, earlier.ID)
		}
	}
	if repeats < 3 || undated < 2 {
		t.Errorf("%d promises repeat, %d have no date", repeats, undated)
	}
}

func TestAPromiseIsSettledWhenItCanBeKnown(t *testing.T) {
	story := Story(i18n.English)
	for _, s := range story.Settlements {
		p := find(t, story.Promises, s.Value.PromiseID)
		if s.Value.On.Date < p.MadeAt.Date() || s.Entry.RecordedAt.Before(instant(s.Value.On.Date+" 00:00")) {
			t.Errorf("%s is settled on %s and recorded at %s", p.ID, s.Value.On.Date, s.Entry.RecordedAt)
		}
		if s.Value.Outcome == casefile.Broken && p.Due != nil && s.Value.On.Date < p.Due.Date {
			t.Errorf("%s is called broken on %s, and was due on %s", p.ID, s.Value.On.Date, p.Due.Date)
		}
		for _, id := range s.Value.ShownBy {
			if recordedAt := recordedWhen(t, story, id); recordedAt.After(s.Entry.RecordedAt) {
				t.Errorf("%s is shown by %s, recorded later", p.ID, id)
			}
		}
	}
}

func TestTheStoryOwnsItsMistakeAndItsCorrection(t *testing.T) {
	for _, language := range i18n.Languages() {
		story := Story(language)
		corrected := 0
		for _, c := range story.Contacts {
			for _, correction := range c.Entry.Corrections {
				corrected++
				if correction.Fields["hold_seconds"] != *c.Value.HoldSeconds {
					t.Errorf("%s shows %d, the correction says %v", c.Value.ID, *c.Value.HoldSeconds, correction.Fields)
				}
			}
		}
		if corrected != 1 {
			t.Errorf("%s: %d corrections, want 1", language, corrected)
		}
	}
}

func TestAnOfferIsDeclinedWithItsReason(t *testing.T) {
	for _, language := range i18n.Languages() {
		visit := find(t, Story(language).Contacts, "visit-01")
		if visit.Remedy == nil || visit.Remedy.Kind != "gesture" || visit.Remedy.Answer != casefile.Declined || visit.Remedy.Reason == "" {
			t.Errorf("%s: the voucher is %+v", language, visit.Remedy)
		}
	}
}

func TestEveryCodeOfTheStoryIsKnown(t *testing.T) {
	for _, c := range Story(i18n.English).Contacts {
		for _, failure := range c.Value.Failures {
			if !slices.Contains(casefile.Failures(), failure) {
				t.Errorf("%s has the failure %q", c.Value.ID, failure)
			}
		}
		if c.Value.Remedy != nil && !slices.Contains(casefile.RemedyKinds(), c.Value.Remedy.Kind) {
			t.Errorf("%s has the remedy %q", c.Value.ID, c.Value.Remedy.Kind)
		}
	}
}

func TestTheAmountsOfTheInvoiceAddUp(t *testing.T) {
	if total := priceCents + shippingCents + coverCents; total != 43820 {
		t.Errorf("the parts of the price make %d", total)
	}
	if net := (totalCents*100 + 60) / 121; net != netCents {
		t.Errorf("without 21 %% of VAT it is %d, not %d", net, netCents)
	}
}

// find returns the thing with a key of the story.
func find[T casefile.Contact | casefile.Person | casefile.Promise](t *testing.T, things []casefile.Recorded[T], key string) T {
	t.Helper()
	for _, thing := range things {
		if keyOf(thing.Value) == key {
			return thing.Value
		}
	}
	t.Fatalf("no %s in the story", key)
	panic("unreachable")
}

func keyOf(thing any) string {
	switch thing := thing.(type) {
	case casefile.Contact:
		return thing.ID
	case casefile.Person:
		return thing.ID
	case casefile.Promise:
		return thing.ID
	}
	return ""
}

// recordedWhen is when the contact or the evidence of a key was recorded.
func recordedWhen(t *testing.T, story casefile.CaseFile, key string) time.Time {
	t.Helper()
	for _, c := range story.Contacts {
		if c.Value.ID == key {
			return c.Entry.RecordedAt
		}
	}
	for _, e := range story.Evidence {
		if e.Value.ID == key {
			return e.Entry.RecordedAt
		}
	}
	t.Fatalf("no %s in the story", key)
	panic("unreachable")
}
