package casefile_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
)

// asked is a contact with a company; each happens after the one before it.
func asked(id, company string, more ...func(*casefile.Contact)) casefile.Contact {
	contact := casefile.Contact{ID: id, PartyID: company, Channel: casefile.Phone, Direction: casefile.Outgoing}
	for _, change := range more {
		change(&contact)
	}
	return contact
}

func sentToCompany(id string) func(*casefile.Contact) {
	return func(c *casefile.Contact) { c.SentTo = &casefile.SentTo{PartyID: id} }
}

func sentSomewhere(words string) func(*casefile.Contact) {
	return func(c *casefile.Contact) { c.SentTo = &casefile.SentTo{Words: words} }
}

func passedOn(times int64, people ...string) func(*casefile.Contact) {
	return func(c *casefile.Contact) { c.Transfers, c.PersonIDs = times, people }
}

func waited(seconds int64) func(*casefile.Contact) {
	return func(c *casefile.Contact) { c.HoldSeconds = &seconds }
}

func retold(times int64) func(*casefile.Contact) {
	return func(c *casefile.Contact) { c.Retold = times }
}

// runaroundOf tells the runaround of contacts with a shop, a carrier and an insurer.
func runaroundOf(contacts ...casefile.Contact) casefile.Runaround {
	file := casefile.CaseFile{Parties: []casefile.Recorded[casefile.Party]{
		{Value: casefile.Party{ID: "shop", Name: "Galerías Montalbeda"}},
		{Value: casefile.Party{ID: "carrier", Name: "Pasolargo"}},
		{Value: casefile.Party{ID: "insurer", Name: "Norvela"}},
	}}
	for _, contact := range contacts {
		file.Contacts = append(file.Contacts, casefile.Recorded[casefile.Contact]{Value: contact})
	}
	return file.Runaround()
}

func TestWhoSentThePersonToWhomIsToldInTheOrderItHappened(t *testing.T) {
	told := runaroundOf(
		asked("1", "shop"),
		asked("2", "carrier", sentToCompany("shop")),
		asked("3", "shop", sentToCompany("insurer")),
		asked("4", "insurer", sentSomewhere("the website")),
	)
	type arrow struct {
		contact  string
		from, to string
	}
	name := func(place int) string { return told.Places[place].PartyID + told.Places[place].Words }
	var arrows []arrow
	for _, turn := range told.Turns {
		arrows = append(arrows, arrow{turn.ContactID, name(turn.Place), name(turn.To)})
	}
	want := []arrow{{"2", "carrier", "shop"}, {"3", "shop", "insurer"}, {"4", "insurer", "the website"}}
	if diff := cmp.Diff(want, arrows, cmp.AllowUnexported(arrow{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if told.SentOn != 3 {
		t.Errorf("the person was sent on %d times", told.SentOn)
	}
}

func TestTheSameWayIsCountedWithTheContactsItComesFrom(t *testing.T) {
	told := runaroundOf(
		asked("1", "shop", sentToCompany("carrier")),
		asked("2", "carrier", sentToCompany("shop")),
		asked("3", "shop", sentToCompany("carrier")),
		asked("4", "shop", sentToCompany("carrier")),
	)
	want := []casefile.Route{{From: 0, To: 1, ContactIDs: []string{"1", "3", "4"}}, {From: 1, To: 0, ContactIDs: []string{"2"}}}
	if diff := cmp.Diff(want, told.Routes); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for i, time := range []int64{1, 1, 2, 3} {
		if told.Turns[i].Time != time {
			t.Errorf("turn %d went that way for the %d. time", i+1, told.Turns[i].Time)
		}
	}
}

func TestAWayBackIsToldFromACircle(t *testing.T) {
	told := runaroundOf(
		asked("1", "shop"),
		asked("2", "carrier", sentToCompany("insurer")),
		asked("3", "insurer", sentToCompany("shop")),
		asked("4", "shop", sentToCompany("carrier")),
		asked("5", "carrier", sentToCompany("carrier")),
	)
	for i, want := range []struct{ back, circle bool }{
		{false, false}, // never asked before
		{true, false},  // asked before, but the shop had sent nobody away
		{true, true},   // the carrier had sent the person away, and gets them back
		{true, true},   // the carrier sends to itself
	} {
		if turn := told.Turns[i]; turn.Back != want.back || turn.Circle != want.circle {
			t.Errorf("contact %s: back %v, circle %v", turn.ContactID, turn.Back, turn.Circle)
		}
	}
}

func TestADeadEndIsWhereNobodySentThePersonOnSince(t *testing.T) {
	told := runaroundOf(
		asked("1", "shop", sentToCompany("insurer")),
		asked("2", "insurer", sentToCompany("shop")),
		asked("3", "shop", sentSomewhere("claims")),
		asked("4", "carrier", retold(1)),
	)
	ends := map[string]bool{}
	for _, place := range told.Places {
		ends[place.PartyID+place.Words] = place.DeadEnd
	}
	want := map[string]bool{"shop": false, "insurer": false, "claims": true, "carrier": false} // nobody sent to the carrier
	if diff := cmp.Diff(want, ends); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for i, end := range []bool{false, false, true, false} {
		if told.Turns[i].DeadEnd != end {
			t.Errorf("turn %d led to a dead end: %v", i+1, !end)
		}
	}
}

func TestPlacesInWordsAreTheSameWithoutRegardToCaseAndWhiteSpace(t *testing.T) {
	told := runaroundOf(
		asked("1", "shop", sentSomewhere("Atención  al cliente")),
		asked("2", "shop", sentSomewhere("atención al CLIENTE")),
		asked("3", "carrier", sentSomewhere("galerías montalbeda")), // the name of a company of the case
		asked("4", "carrier", func(c *casefile.Contact) { c.SentTo = &casefile.SentTo{PartyID: "shop", Words: "claims"} }),
	)
	var places []casefile.SentTo
	for _, place := range told.Places {
		places = append(places, casefile.SentTo{PartyID: place.PartyID, Words: place.Words})
	}
	want := []casefile.SentTo{{PartyID: "shop"}, {Words: "Atención  al cliente"}, {PartyID: "carrier"}, {PartyID: "shop", Words: "claims"}}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestPassingOnAndRetellingAreTurnsWithoutSendingAnywhere(t *testing.T) {
	told := runaroundOf(
		asked("1", "shop", waited(600)),
		asked("2", "shop", passedOn(3, "Ana", "Marc"), waited(300)),
		asked("3", "carrier", retold(2)),
		asked("4", "carrier", func(c *casefile.Contact) { c.Failures = []casefile.Failure{casefile.RepeatStory} }),
	)
	if len(told.Turns) != 3 || told.Transfers != 3 || told.Retold != 3 || told.SentOn != 0 || told.HoldSeconds != 900 {
		t.Fatalf("got %+v", told)
	}
	first := told.Turns[0]
	if first.To != casefile.Nowhere || first.Transfers != 3 || !cmp.Equal(first.PersonIDs, []string{"Ana", "Marc"}) {
		t.Errorf("got %+v", first)
	}
	if shop := told.Places[0]; shop.Contacts != 2 || shop.HoldSeconds != 900 {
		t.Errorf("of the shop: %+v", shop)
	}
}

func TestARunaroundCountsWhatTheFiguresCount(t *testing.T) {
	file := aSmallCase()
	told, figures := file.Runaround(), file.Figures(instant("2026-03-20T12:00:00Z"))
	got := []int64{told.Transfers, told.SentOn, told.Retold, told.HoldSeconds}
	if want := []int64{figures.Transfers, figures.SentOn, figures.Retold, figures.HoldSeconds}; !cmp.Equal(got, want) {
		t.Errorf("got %v, the figures say %v", got, want)
	}
}

func TestACaseInWhichNobodyWasSentOnHasNoRunaround(t *testing.T) {
	told := runaroundOf(asked("1", "shop", waited(60)), asked("2", "carrier"))
	if len(told.Places) != 0 || len(told.Turns) != 0 || len(told.Routes) != 0 || told.HoldSeconds != 60 {
		t.Errorf("got %+v", told)
	}
}

func BenchmarkRunaround(b *testing.B) {
	for _, count := range []int{100, 10_000} {
		b.Run(fmt.Sprintf("contacts=%d", count), func(b *testing.B) {
			companies := []string{"shop", "carrier", "insurer"}
			file := casefile.CaseFile{}
			for _, id := range companies {
				file.Parties = append(file.Parties, casefile.Recorded[casefile.Party]{Value: casefile.Party{ID: id, Name: id}})
			}
			for i := range count {
				contact := asked(fmt.Sprint(i), companies[i%3], passedOn(int64(i%2), "Ana", "Marc"))
				if i%2 == 0 {
					contact.SentTo = &casefile.SentTo{PartyID: companies[(i+1)%3]}
				} else if i%5 == 0 {
					contact.SentTo = &casefile.SentTo{Words: "department " + fmt.Sprint(i%40)}
				}
				file.Contacts = append(file.Contacts, casefile.Recorded[casefile.Contact]{Value: contact})
			}
			for b.Loop() {
				file.Runaround()
			}
		})
	}
}
