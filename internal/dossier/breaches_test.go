package dossier_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

// claimed is a case of a place with one claim in writing, and an answer some days after it if any.
func claimed(place string, answeredAfter int) casefile.CaseFile {
	file := dossiertest.Empty().File
	file.Case.Place = place
	party := casefile.Party{ID: "shop", Name: "Miramar", Role: casefile.Seller}
	file.Parties = []casefile.Recorded[casefile.Party]{{Value: party}}
	add := func(id, day string, contact casefile.Contact) {
		contact.ID, contact.PartyID = id, party.ID
		contact.OccurredAt = casefile.When{Wall: day, Zone: "Europe/Madrid", Precision: casefile.Day}
		file.Contacts = append(file.Contacts, casefile.Recorded[casefile.Contact]{Value: contact})
	}
	add("letter", "2026-03-03", casefile.Contact{Channel: casefile.Letter, Direction: casefile.Outgoing, Summary: "I want my money back"})
	if answeredAfter > 0 {
		day := time.Date(2026, 3, 3+answeredAfter, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		add("answer", day, casefile.Contact{Channel: casefile.Phone, Direction: casefile.Incoming, Summary: "They are looking into it"})
	}
	return file
}

func forRegulator(now time.Time) dossier.Options {
	o := options(i18n.English)
	o.Edition, o.GeneratedAt = dossier.Regulator, now
	return o
}

func TestAClaimThatWasNotAnsweredInTimeIsHeldAgainstTheLawOfThePlace(t *testing.T) {
	march := time.Date(2026, 3, 18, 12, 0, 0, 0, time.UTC) // the last of fifteen days
	july := march.AddDate(0, 4, 0)
	for name, c := range map[string]struct {
		place  string
		answer int
		now    time.Time
		rows   []dossier.Tag
		says   string
	}{
		"no answer":                     {"es", 0, july, []dossier.Tag{"C-001"}, "No answer is on record"},
		"an answer too late":            {"es", 16, july, []dossier.Tag{"C-001", "C-002"}, "16 days after the complaint"},
		"too late for both of the laws": {"ct", 45, july, []dossier.Tag{"C-001", "C-002", "C-001", "C-002"}, "45 days after the complaint"},
		"an answer in time":             {"es", 15, july, nil, ""},
		"the time is not over":          {"es", 0, march, nil, ""},
		"a place without such a law":    {"mx", 0, july, nil, ""},
		"a law for other companies":     {"uk", 0, july, nil, ""},
		"no place is known of the case": {"", 0, july, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := compile(t, claimed(c.place, c.answer), forRegulator(c.now))
			var rows []dossier.Tag
			for _, breach := range d.Breaches {
				for _, row := range breach.Rows {
					rows = append(rows, row.Row)
				}
				if !strings.Contains(breach.Article, "21.3") && !strings.Contains(breach.Article, "211-4.c") || breach.Says == "" || !strings.Contains(breach.Source, "boe.es") {
					t.Errorf("%+v", breach)
				}
			}
			if !slices.Equal(rows, c.rows) || len(rows) > 0 && !strings.Contains(d.Breaches[0].Rows[0].Text, c.says) {
				t.Errorf("%v stand there: %+v", rows, d.Breaches)
			}
		})
	}
}

func TestEachCompanyAnswersForWhatWasPutToIt(t *testing.T) {
	july := time.Date(2026, 7, 18, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		named string
		rows  []dossier.Tag
	}{
		"only the first that was put in writing": {"", []dossier.Tag{"C-001"}},
		"each that is named":                     {"C-001, C-003", []dossier.Tag{"C-001", "C-003"}},
		"one that the company answered in time":  {"C-004", nil},
	} {
		file := claimed("es", 5) // what came was from another company
		insurer := casefile.Party{ID: "insurer", Name: "Norte", Role: casefile.Insurer}
		file.Parties = append(file.Parties, casefile.Recorded[casefile.Party]{Value: insurer})
		file.Contacts[1].Value.PartyID = insurer.ID
		again, other, answer := file.Contacts[0], file.Contacts[0], file.Contacts[1]
		again.Value.ID, again.Value.OccurredAt.Wall = "again", "2026-04-03"
		other.Value.ID, other.Value.OccurredAt.Wall, other.Value.PartyID = "other", "2026-05-03", insurer.ID
		answer.Value.ID, answer.Value.OccurredAt.Wall = "answer to it", "2026-05-10"
		file.Contacts = append(file.Contacts, again, other, answer)
		o := forRegulator(july)
		o.Filing.EarlierClaim = c.named
		var rows []dossier.Tag
		for _, breach := range compile(t, file, o).Breaches {
			for _, row := range breach.Rows {
				rows = append(rows, row.Row)
				if !strings.HasPrefix(plain(row.Who), "Miramar · Complaint (letter)") || !strings.Contains(row.Text, "No answer is on record") {
					t.Errorf("%s: %+v", name, row)
				}
			}
		}
		if !slices.Equal(rows, c.rows) {
			t.Errorf("%s: %v stand there, want %v", name, rows, c.rows)
		}
	}
}

func TestWhatIsAskedForComesFirst(t *testing.T) {
	file := claimed("ct", 0)
	menu := file.Contacts[0]
	menu.Value.ID, menu.Value.Channel, menu.Value.Failures = "menu", casefile.Phone, []casefile.Failure{"phone_maze", "long_wait", "not_delivered"}
	file.Contacts = append(file.Contacts, menu)
	var articles []string
	for _, breach := range compile(t, file, forRegulator(time.Date(2026, 7, 3, 0, 0, 0, 0, time.UTC))).Breaches {
		articles = append(articles, breach.Article[strings.LastIndex(breach.Article, "art"):])
	}
	if want := []string{"arts. 21.1, 66 bis, 66 ter", "art. 21.3", "art. 211-4.c", "art. 21.2", "art. 211-4.b"}; !slices.Equal(articles, want) {
		t.Errorf("the goods, the answer and the service stand there in the order %q", articles)
	}
}

func TestWhatBreaksSeveralRulesIsToldOnceAndTheOthersSayWhere(t *testing.T) {
	file := claimed("ct", 5)
	file.Contacts[1].Value.Failures = []casefile.Failure{"phone_maze", "long_wait", "not_delivered"}
	file.Contacts[1].Value.Summary = "A menu, and no person"
	var told []string
	for _, breach := range compile(t, file, forRegulator(time.Date(2026, 7, 3, 0, 0, 0, 0, time.UTC))).Breaches {
		for _, row := range breach.Rows {
			told = append(told, row.Source+": "+row.Text)
		}
	}
	again := "Told above, under an earlier rule: "
	if want := []string{"Phone; told in the complainant’s words: A menu, and no person", again, again}; !slices.Equal(told, want) {
		t.Errorf("told are %q, want %q", told, want)
	}
}

func TestALawIsNotAppliedToWhatHappenedBeforeIt(t *testing.T) {
	for day, want := range map[string]int{"2026-12-28": 0, "2026-12-29": 2} {
		file := claimed("es", 10)
		file.Contacts[1].Value.OccurredAt.Wall = day
		file.Contacts[0].Value.OccurredAt.Wall = "2026-12-20"
		file.Contacts[1].Value.Supervisor, file.Contacts[1].Value.Failures = casefile.SupervisorRefused, []casefile.Failure{"script"}
		d := compile(t, file, forRegulator(time.Date(2027, 1, 2, 0, 0, 0, 0, time.UTC)))
		if len(d.Breaches) != want {
			t.Errorf("on %s there are %d: %+v", day, len(d.Breaches), d.Breaches)
		}
		for _, breach := range d.Breaches {
			said := breach.Rows[0].Who
			if !strings.Contains(breach.Binds, "250 workers") || !strings.Contains(said, "a supervisor was refused") && !strings.Contains(said, "generic answer") {
				t.Errorf("%s binds %q: %q", breach.Article, breach.Binds, said)
			}
		}
	}
}

func TestAClaimIsHeldAgainstTheLawOfItsOwnDay(t *testing.T) {
	for day, want := range map[string]string{"2025-12-27": "27 January 2026", "2025-12-28": "12 January 2026"} {
		file := claimed("es", 0)
		file.Contacts[0].Value.OccurredAt.Wall = day
		d := compile(t, file, forRegulator(time.Date(2026, 7, 3, 0, 0, 0, 0, time.UTC)))
		if len(d.Breaches) != 1 || !strings.Contains(d.Breaches[0].Rows[0].Text, "ended on "+want) {
			t.Errorf("of %s: %+v", day, d.Breaches)
		}
	}
}

func TestWhatWentWrongIsHeldAgainstTheCompaniesThatALawBinds(t *testing.T) {
	for name, c := range map[string]struct {
		place   string
		role    casefile.PartyRole
		failure casefile.Failure
		article string
	}{
		"a parcel that a seller lost":     {"es", casefile.Seller, "not_delivered", "66 ter"},
		"a parcel and no seller":          {"es", casefile.Insurer, "not_delivered", ""},
		"a menu with no way out":          {"es", casefile.Bank, "phone_maze", "art. 21.2"},
		"a wait in Catalonia":             {"ct", casefile.Bank, "long_wait", "211-4.b"},
		"a wait elsewhere in Spain":       {"es", casefile.Bank, "long_wait", ""},
		"own conditions, not kept":        {"mx", casefile.Seller, "policy_broken", "art. 7"},
		"a bank that such a law excludes": {"mx", casefile.Bank, "policy_broken", ""},
		"rude treatment":                  {"ar", casefile.Carrier, "rude", "8 bis"},
		"a parcel in the United Kingdom":  {"uk", casefile.Seller, "late_or_spoiled", "ss. 28, 29"},
		"a parcel in the United States":   {"us", casefile.Seller, "not_delivered", "435"},
	} {
		file := claimed(c.place, 5)
		file.Parties[0].Value.Role = c.role
		file.Contacts[1].Value.Failures = []casefile.Failure{c.failure}
		d := compile(t, file, forRegulator(time.Date(2026, 7, 3, 0, 0, 0, 0, time.UTC)))
		if want := c.article != ""; len(d.Breaches) > 0 != want || want && (!strings.Contains(d.Breaches[0].Article, c.article) || d.Breaches[0].Rows[0].Row != "C-002") {
			t.Errorf("%s: %+v", name, d.Breaches)
		}
	}
}

// Article 118.4 of the Spanish law is about the repair or replacement of goods that a seller has delivered.
func TestARuleIsHeldAgainstWhatItIsAbout(t *testing.T) {
	repair := &casefile.Remedy{Kind: "fix", Answer: casefile.Accepted}
	for name, c := range map[string]struct {
		change func(file *casefile.CaseFile)
		want   []dossier.Tag
	}{
		"a repair by the seller that takes weeks": {func(f *casefile.CaseFile) { f.Contacts[1].Value.Remedy = repair }, []dossier.Tag{"C-002", "C-003"}},
		"a refund that takes weeks":               {func(f *casefile.CaseFile) { f.Contacts[1].Value.Remedy = &casefile.Remedy{Kind: "refund_or_return"} }, nil},
		"a repair that nobody offered":            {func(*casefile.CaseFile) {}, nil},
		"a repair of what never came": {func(f *casefile.CaseFile) {
			f.Contacts[1].Value.Remedy = repair
			f.Contacts[0].Value.Failures = []casefile.Failure{"not_delivered"}
		}, nil},
		"an insurer beside the seller": {func(f *casefile.CaseFile) {
			f.Parties = append(f.Parties, casefile.Recorded[casefile.Party]{Value: casefile.Party{ID: "insurer", Name: "Norte", Role: casefile.Insurer}})
			f.Contacts[1].Value.Remedy = repair
			f.Contacts[2].Value.PartyID = "insurer"
		}, []dossier.Tag{"C-002"}},
	} {
		file := claimed("es", 5)
		again := file.Contacts[1]
		again.Value.ID, again.Value.OccurredAt.Wall = "again", "2026-03-20"
		file.Contacts = append(file.Contacts, again)
		for i := 1; i < 3; i++ {
			file.Contacts[i].Value.Failures = []casefile.Failure{"slow_remedy"}
		}
		c.change(&file)
		var rows []dossier.Tag
		for _, breach := range compile(t, file, forRegulator(time.Date(2026, 7, 3, 0, 0, 0, 0, time.UTC))).Breaches {
			if strings.Contains(breach.Article, "118.4") {
				for _, row := range breach.Rows {
					rows = append(rows, row.Row)
				}
			}
		}
		if !slices.Equal(rows, c.want) {
			t.Errorf("%s: %v stand there, want %v", name, rows, c.want)
		}
	}
}

func TestThatGoodsNeverCameIsHeldAgainstTheSellerThoughTheCarrierSaidIt(t *testing.T) {
	file := claimed("es", 5)
	file.Parties = append(file.Parties, casefile.Recorded[casefile.Party]{Value: casefile.Party{ID: "carrier", Name: "Veloz", Role: casefile.Carrier}})
	file.Contacts[1].Value.PartyID, file.Contacts[1].Value.Failures = "carrier", []casefile.Failure{"not_delivered"}
	d := compile(t, file, forRegulator(time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC)))
	if len(d.Breaches) != 1 || !strings.Contains(d.Breaches[0].Article, "66 ter") || d.Breaches[0].Rows[0].Row != "C-002" ||
		plain(d.Breaches[0].Binds) != "Binds Miramar." || !strings.HasSuffix(plain(d.Breaches[0].Rows[0].Who), ": shown by what Veloz said") {
		t.Errorf("%+v", d.Breaches)
	}
}

func TestALongWaitSaysHowLongItWas(t *testing.T) {
	for hold, want := range map[int64]string{2294: "Miramar · long wait: 38 min 14 s", 0: "Miramar · long wait"} {
		file := claimed("ct", 5)
		file.Contacts[1].Value.Failures, file.Contacts[1].Value.HoldSeconds = []casefile.Failure{"long_wait"}, &hold
		row := compile(t, file, forRegulator(time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC))).Breaches[0].Rows[0]
		if plain(row.Who) != want || row.Source != "Phone; told in the complainant’s words" {
			t.Errorf("it says %q, %q", row.Who, row.Source)
		}
	}
}

func TestOnlyAnAuthorityReadsWhatTheLawAsks(t *testing.T) {
	o := forRegulator(time.Date(2026, 7, 3, 0, 0, 0, 0, time.UTC))
	o.Edition = dossier.HeadOffice
	if d := compile(t, claimed("es", 0), o); len(d.Breaches) > 0 {
		t.Errorf("%+v", d.Breaches)
	}
}

func TestARuleNamesTheCompanyAndTellsWhatWasNotedOnce(t *testing.T) {
	file := claimed("es", 5)
	file.People = []casefile.Recorded[casefile.Person]{{Value: casefile.Person{ID: "ana", PartyID: "shop", Name: "Ana Lozoya"}}}
	file.Contacts[1].Value.PersonIDs = []string{"ana"}
	file.Contacts[1].Value.Failures = []casefile.Failure{"phone_maze", "pressure"}
	d := compile(t, file, forRegulator(time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC)))
	if len(d.Breaches) != 2 {
		t.Fatalf("%+v", d.Breaches)
	}
	for i, want := range []string{"They are looking into it", ""} {
		row := d.Breaches[i].Rows[0]
		if row.Text != want || row.Row != "C-002" || !strings.HasPrefix(row.Who, "Miramar · ") {
			t.Errorf("%+v", row)
		}
	}
}
