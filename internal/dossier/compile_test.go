package dossier_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/redaction"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

func options(language i18n.Language) dossier.Options {
	return dossier.Options{Edition: dossier.HeadOffice, Language: language, GeneratedAt: dossiertest.Now, Program: "Constancia 0.1.0"}
}

func compile(t testing.TB, file casefile.CaseFile, o dossier.Options) dossier.Dossier {
	t.Helper()
	d, err := dossier.Compile(file, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestThePressEditionTellsTheSameCaseWithTheSameTags(t *testing.T) {
	file := dossiertest.New(2).File
	office := compile(t, file, options(i18n.English))
	o := options(i18n.English)
	o.Edition = dossier.Press
	o.Press = redaction.Find(file, nil, redaction.Choices{Exhibits: []string{"A-2", "A-4"}}, i18n.For(i18n.English))
	press := compile(t, file, o)
	if press.Summary.Sentence != office.Summary.Sentence || len(press.Chronology) != len(office.Chronology) || press.Reference != office.Reference ||
		len(press.CompanySide.Answers) != len(office.CompanySide.Answers) {
		t.Error("the facts differ")
	}
	for i, row := range press.Chronology {
		if full := office.Chronology[i]; row.Tag != full.Tag || row.Company != full.Company || !slices.Equal(row.Promises, full.Promises) || row.Channel != full.Channel {
			t.Errorf("row %s is %+v in the press edition", full.Tag, row)
		}
	}
	var tags []dossier.Tag
	for _, exhibit := range press.Exhibits {
		tags = append(tags, exhibit.Tag)
		if exhibit.FileName != "" {
			t.Errorf("%s has the name of its file", exhibit.Tag)
		}
	}
	if !slices.Equal(tags, []dossier.Tag{"A-2", "A-4"}) {
		t.Errorf("it has the exhibits %v", tags)
	}
	for _, row := range press.Chronology {
		for _, tag := range row.Exhibits {
			if !slices.Contains(tags, tag) {
				t.Errorf("%s names %s, which was left out", row.Tag, tag)
			}
		}
	}
	for _, email := range press.Emails {
		if email.MessageID != "" || email.SHA256 != "" || email.Source != "" {
			t.Errorf("%s can be recognised: %+v", email.Tag, email)
		}
	}
}

func TestThePressEditionSaysWhichExhibitsAreOnRequest(t *testing.T) {
	file := dossiertest.New(1).File
	for name, c := range map[string]struct {
		chosen []string
		says   []string
		not    string
	}{
		"some":        {[]string{"A-2", "A-4"}, []string{"Exhibits keep the numbers", "Exhibits A-1, A-3 and A-5 are not in this edition"}, "A-6"}, // it was erased
		"none":        {nil, []string{"Exhibits A-1 … A-5 are not in this edition; ask the complainant"}, "Exhibits keep"},
		"all but one": {[]string{"A-1", "A-2", "A-4", "A-5"}, []string{"Exhibit A-3 is not in this edition; ask the complainant for it."}, "Exhibits A"},
		"all":         {[]string{"A-1", "A-2", "A-3", "A-4", "A-5"}, []string{"Exhibits keep the numbers"}, "ask the complainant"},
	} {
		o := options(i18n.English)
		o.Edition, o.Press = dossier.Press, redaction.Find(file, nil, redaction.Choices{Exhibits: c.chosen}, i18n.For(i18n.English))
		note := plain(compile(t, file, o).Notes[0])
		if strings.Contains(note, c.not) || slices.ContainsFunc(c.says, func(said string) bool { return !strings.Contains(note, said) }) {
			t.Errorf("%s: it says %q", name, note)
		}
	}
}

func TestThePressEditionSaysOfWhoCouldBeFoundByTheirPositionOnlyWhetherTheyDecide(t *testing.T) {
	for position, want := range map[string]string{
		"responsable de la tienda de Tarragona": "manager", "cajera, tienda de Tarragona": "member of staff", "agente 4471": "member of staff",
		"responsable de reclamaciones": "responsable de reclamaciones",
	} {
		file := dossiertest.New(1).File
		file.People[0].Value.Position = position
		o := options(i18n.English)
		if got := compile(t, file, o).People[0].Position; got != position {
			t.Errorf("for the head office %q becomes %q", position, got)
		}
		o.Edition = dossier.Press
		if got := compile(t, file, o).People[0].Position; got != want {
			t.Errorf("%q becomes %q, want %q", position, got, want)
		}
	}
}

func TestAPressEditionWithoutChoicesHidesByItself(t *testing.T) {
	o := options(i18n.Spanish)
	o.Edition = dossier.Press
	press := compile(t, dossiertest.New(1).File, o)
	if len(press.Exhibits) > 0 || press.Complainant.Phone+press.Complainant.Address+press.Complainant.Email != "" ||
		press.People[0].Name != redaction.Bar("agente 1") || press.Complainant.Name != redaction.Bar("parte reclamante") {
		t.Errorf("it shows %+v, %+v, %d exhibits", press.Complainant, press.People[0], len(press.Exhibits))
	}
}

func TestAnEditionOrZoneThatDoesNotExistIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*dossier.Options)
		want   problem.Code
	}{
		"edition": {func(o *dossier.Options) { o.Edition = "court" }, problem.NotAChoice},
		"zone":    {func(o *dossier.Options) { o.Zone = "Mars/Olympus" }, problem.NoSuchZone},
	} {
		o := options(i18n.English)
		c.change(&o)
		if _, err := dossier.Compile(dossiertest.New(1).File, o); !errors.Is(err, problem.New(c.want, nil)) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
	bare := dossiertest.Empty().File
	bare.Case.Zone = ""
	if _, err := dossier.Compile(bare, options(i18n.English)); !errors.Is(err, problem.New(problem.NoSuchZone, nil)) {
		t.Errorf("no zone at all: got %v, want %s", err, problem.NoSuchZone)
	}
}

func TestEveryEditionButItsTitleSaysTheSame(t *testing.T) {
	file := dossiertest.New(2).File
	o := options(i18n.English)
	office := compile(t, file, o)
	o.Edition = dossier.Regulator
	regulator := compile(t, file, o)
	if office.Kind == regulator.Kind || office.Reader == regulator.Reader {
		t.Errorf("both are called %q for %q", office.Kind, office.Reader)
	}
	if office.Summary.Sentence != regulator.Summary.Sentence || len(office.Chronology) != len(regulator.Chronology) ||
		office.Exhibits[0].Tag != regulator.Exhibits[0].Tag || office.Reference != regulator.Reference {
		t.Error("facts or exhibit numbers differ")
	}
}

func TestTheSentenceIsAttributedAndItsFiguresAreTheCases(t *testing.T) {
	file := dossiertest.New(2).File
	for language, want := range map[i18n.Language]string{
		i18n.English: "According to the complainant’s record, the dispute has taken 27 contacts since 2 March 2026, the last on 2 July 2026, including 20 calls; 20 contacts meant waiting on hold, 6 h 56 min in all. Of 13 promises made by the companies, 8 were not kept (5 of them overdue).",
		i18n.Spanish: "Según el registro de la parte reclamante, el caso suma 27 gestiones desde el 2 de marzo de 2026, la última el 2 de julio de 2026, entre ellas 20 llamadas; hubo espera en 20 gestiones, 6 h 56 min en total. De 13 promesas de las empresas, 8 no se cumplieron (5 de ellas, vencidas).",
		i18n.Catalan: "Segons el registre de la part reclamant, el cas suma 27 gestions des del 2 de març de 2026, l’última el 2 de juliol de 2026, entre les quals 20 trucades; hi va haver espera en 20 gestions, 6 h 56 min en total. De 13 promeses de les empreses, 8 no es van complir (5 d’elles, vençudes).",
	} {
		got := strings.ReplaceAll(compile(t, file, options(language)).Summary.Sentence, "\u00A0", " ")
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", language, got, want)
		}
	}
}

func TestTheSentenceSaysPlainlyWhenNoPromiseWasKept(t *testing.T) {
	file := dossiertest.New(1).File
	file.Settlements = nil // all of them are past their day
	for i := range file.Promises {
		file.Promises[i].Value.Due = &casefile.Due{Date: "2020-01-01", Zone: "Europe/Madrid"}
	}
	for language, want := range map[i18n.Language]string{
		i18n.English: "and kept none of them", i18n.Spanish: "y no se cumplió ninguna", i18n.Catalan: "i no se’n va complir cap",
	} {
		if sentence := compile(t, file, options(language)).Summary.Sentence; !strings.Contains(sentence, want) {
			t.Errorf("%s: it says %q", language, sentence)
		}
	}
}

func TestEveryFigureCanBeCountedAgainFromTheRows(t *testing.T) {
	file := dossiertest.New(2).File
	file.Contacts[0].Value.Retold = 1 // counted, and not tagged
	d := compile(t, file, options(i18n.English))
	figures := file.Figures(dossiertest.Now)
	if int64(len(d.Chronology)) != figures.Contacts {
		t.Errorf("%d rows, %d contacts", len(d.Chronology), figures.Contacts)
	}
	received, retold, passed := int64(0), int64(0), int64(0)
	for _, row := range d.Chronology {
		if slices.Contains(row.Facts, "from the company") {
			received++
		}
		if slices.Contains(row.Failures, "had to explain it all again") {
			retold++
		}
		if slices.Contains(row.Failures, "passed from one person to another") {
			passed++
		}
	}
	if received != figures.FromCompanies || figures.ToCompanies+figures.FromCompanies != figures.Contacts {
		t.Errorf("%d rows from the companies, figures %d and %d of %d", received, figures.FromCompanies, figures.ToCompanies, figures.Contacts)
	}
	turns, passes := int64(0), int64(0)
	for _, turn := range file.Runaround().Turns {
		turns += min(turn.Retold, 1)
		passes += min(turn.Transfers, 1)
	}
	if passed != figures.ByFailure[casefile.TransferChain] || passed != passes || passed == 0 {
		t.Errorf("%d rows, %d turns of the map and a bar of %d for being passed on", passed, passes, figures.ByFailure[casefile.TransferChain])
	}
	if retold != figures.ByFailure[casefile.RepeatStory] || retold != turns {
		t.Errorf("%d rows, %d turns of the map and a bar of %d for what had to be told again", retold, turns, figures.ByFailure[casefile.RepeatStory])
	}
	if int64(len(d.People)) != figures.People {
		t.Errorf("%d people, figure %d", len(d.People), figures.People)
	}
	notKept := 0
	for _, promise := range d.Promises {
		if promise.State == casefile.PromiseState(casefile.Broken) || promise.State == casefile.Overdue {
			notKept++
		}
	}
	if int64(notKept) != figures.NotKept || int64(len(d.Promises)) != figures.Promises {
		t.Errorf("%d of %d promises not kept, figures %d of %d", notKept, len(d.Promises), figures.NotKept, figures.Promises)
	}
	var weeks, holds, shares int64
	for _, bar := range d.Charts.Weeks {
		weeks += bar.Value
	}
	for _, bar := range d.Charts.Holds {
		holds += bar.Value
	}
	for _, share := range d.Charts.Promises {
		shares += share.Count
	}
	if weeks != figures.Contacts || holds != figures.HoldSeconds || shares != figures.Promises {
		t.Errorf("charts add up to %d contacts, %d s, %d promises", weeks, holds, shares)
	}
	if got := d.Summary.Recorded; got.Live+got.SameDay+got.Later != int64(len(file.Contacts)) {
		t.Errorf("%+v does not cover %d contacts", got, len(file.Contacts))
	}
}

func TestPeopleWhoWereJoinedAreOneUnderAllTheirNames(t *testing.T) {
	file := dossiertest.New(2).File
	apart := compile(t, file, options(i18n.English)).People
	ids := []string{file.People[0].Value.ID, file.People[len(file.People)-1].Value.ID}
	file.Joins = []casefile.Recorded[casefile.Join]{{Value: casefile.Join{PersonIDs: ids}}}
	file.People[len(file.People)-1].Value.Name = "N. Solà"
	file.People[len(file.People)-1].Value.Refused = false
	d := compile(t, file, options(i18n.English))
	if len(d.People) != len(apart)-1 || int64(len(d.People)) != file.Figures(dossiertest.Now).People {
		t.Errorf("%d people, %d before they were joined", len(d.People), len(apart))
	}
	appearances := func(people []dossier.Person) (count int) {
		for _, person := range people {
			count += len(person.Contacts)
		}
		return count
	}
	if appearances(d.People) != appearances(apart) {
		t.Errorf("they appear %d times, %d before", appearances(d.People), appearances(apart))
	}
	joined := slices.ContainsFunc(d.People, func(p dossier.Person) bool {
		return p.Name == file.People[0].Value.Name+" / N. Solà"
	})
	if !joined {
		t.Errorf("nobody has both names: %+v", d.People)
	}
}

func TestTheChronologyIsInOrderAndEveryTagLeadsToARow(t *testing.T) {
	d := compile(t, dossiertest.New(2).File, options(i18n.English))
	known := map[dossier.Tag]bool{}
	for _, row := range d.Chronology {
		known[row.Tag] = true
	}
	for _, promise := range d.Promises {
		known[promise.Tag] = true
	}
	for _, email := range d.Emails {
		known[email.Tag] = true
	}
	for _, exhibit := range d.Exhibits {
		known[exhibit.Tag] = true
	}
	if !slices.IsSortedFunc(d.Chronology, func(a, b dossier.Row) int { return a.At.Compare(b.At) }) {
		t.Error("rows are not in order")
	}
	check := func(where string, tags ...dossier.Tag) {
		for _, tag := range tags {
			if tag != "" && !known[tag] {
				t.Errorf("%s names %q, which is nowhere", where, tag)
			}
		}
	}
	for _, row := range d.Chronology {
		check(string(row.Tag), row.Promises...)
		check(string(row.Tag), row.Exhibits...)
		check(string(row.Tag), row.Email)
	}
	for _, promise := range d.Promises {
		check(string(promise.Tag), append(promise.ShownBy, promise.Row)...)
	}
	for _, point := range d.Summary.TurningPoints {
		check("turning point", point.Row)
	}
	check("last answer", d.Summary.LastAnswer.Row)
	for _, file := range d.Integrity.Files {
		check(file.Name, file.Tag)
	}
}

func TestTheFirstPageHoldsFiveTurningPointsWithTheFirstAndTheLastContact(t *testing.T) {
	d := compile(t, dossiertest.New(2).File, options(i18n.English))
	points := d.Summary.TurningPoints
	if len(points) != 5 || points[0].Row != "C-001" || points[4].Row != "C-023" {
		t.Errorf("got %v", points)
	}
}

func TestAnEmailThatHasTheLastWordIsTheLastTurningPoint(t *testing.T) {
	for name, c := range map[string]struct{ date, from, want string }{
		"after every contact":     {"2026-07-20T09:15:00+02:00", "posventa@morrow.example", "Galerías Morrow by email: “We have closed your incident without a refund.”"},
		"before the last contact": {"2026-07-01T09:15:00+02:00", "posventa@morrow.example", ""},
		"from the complainant":    {"2026-07-20T09:15:00+02:00", "clara.vidal@correo.example", ""},
	} {
		file := dossiertest.New(1).File
		last := &file.Messages[len(file.Messages)-1].Value
		last.ContactID = ""
		last.Reading.Date, last.Reading.From = c.date, []casefile.Mailbox{{Address: c.from}}
		last.Reading.Text = "Dear customer:\n\nWe have closed your incident without a refund. You can open a new one."
		points := compile(t, file, options(i18n.English)).Summary.TurningPoints
		got := points[len(points)-1]
		if isEmail := strings.HasPrefix(string(got.Row), "E-"); len(points) != 5 || isEmail != (c.want != "") || isEmail && got.Text != c.want {
			t.Errorf("%s: the last of %d is %+v, want %q", name, len(points), got, c.want)
		}
	}
}

func TestATimeIsToldNoMoreExactlyThanItIsKnown(t *testing.T) {
	d := compile(t, dossiertest.New(1).File, options(i18n.English))
	clocks := map[string]string{}
	for _, row := range d.Chronology {
		clocks[row.Text[:6]] = row.Clock
	}
	for start, want := range map[string]string{"Pregun": "11:05", "Visita": "~ 12:00", "Chat d": ""} {
		if got, ok := clocks[start]; !ok || got != want {
			t.Errorf("%s…: got %q, want %q", start, got, want)
		}
	}
}

func TestTheCompaniesLastAnswerIsWhatTheySaidLast(t *testing.T) {
	d := compile(t, dossiertest.New(2).File, options(i18n.English))
	if got := d.Summary.LastAnswer; got.Date != "2 Jul 2026" || !strings.Contains(got.Text, "sigue su curso") {
		t.Errorf("got %+v", got)
	}
	if got := compile(t, dossiertest.Empty().File, options(i18n.English)).Summary.LastAnswer; got != nil {
		t.Errorf("nobody answered, yet: %+v", got)
	}
}

func TestWhatWasDeclinedIsNotSaidToBeStillUndone(t *testing.T) {
	remedies := map[string]struct {
		remedy casefile.Remedy
		want   string
	}{
		"an accepted refund":  {casefile.Remedy{Kind: "refund_or_return", Answer: casefile.Accepted}, "The company has not done it so far."},
		"a refund that came":  {casefile.Remedy{Kind: "refund_or_return", Answer: casefile.Accepted, Done: true}, "The company has done it."},
		"a declined gesture":  {casefile.Remedy{Kind: "gesture", Answer: casefile.Declined}, ""},
		"a refusal":           {casefile.Remedy{Kind: "reasoned_refusal"}, ""},
		"an unanswered offer": {casefile.Remedy{Kind: "replacement"}, "The company has not done it so far."},
	}
	for name, test := range remedies {
		t.Run(name, func(t *testing.T) {
			story := dossiertest.New(1)
			story.File.Contacts[0].Value.Remedy = &test.remedy
			got := compile(t, story.File, options(i18n.English)).CompanySide.Remedies
			if len(got) == 0 || got[0].Done != test.want {
				t.Errorf("got %+v, want %q", got, test.want)
			}
		})
	}
}

func TestARefusedNameIsAFact(t *testing.T) {
	d := compile(t, dossiertest.New(1).File, options(i18n.English))
	if d.RefusedNames != 1 || !slices.ContainsFunc(d.People, func(p dossier.Person) bool { return p.Refused && p.Name == "Would not give a name" }) {
		t.Errorf("%d refused names among %v", d.RefusedNames, d.People)
	}
}

func TestACorrectionIsShown(t *testing.T) {
	d := compile(t, dossiertest.New(1).File, options(i18n.English))
	if got := d.Integrity.Corrections; len(got) != 1 || got[0].Fields != "time on hold" || got[0].Recorded != "29 Mar 2026, 17:07 (UTC+02:00)" || len(got[0].Rivals) != 0 {
		t.Errorf("got %+v", got)
	}
	if !slices.ContainsFunc(d.Chronology, func(r dossier.Row) bool { return plain(r.Corrections) == "corrected on 29 March 2026: time on hold" }) {
		t.Error("no row says that it was corrected")
	}
}

func TestTimeIsToldInTheZoneAskedFor(t *testing.T) {
	o := options(i18n.English)
	o.Zone = "America/Mexico_City"
	if got := compile(t, dossiertest.Empty().File, o).Generated; got != "21 July 2026, 10:05 (America/Mexico_City, UTC-06:00)" {
		t.Errorf("got %q", got)
	}
}

func TestATelephoneNumberIsNeverPartedBetweenLines(t *testing.T) {
	told := 0
	for _, row := range compile(t, dossiertest.New(1).File, options(i18n.Catalan)).Chronology {
		for _, fact := range row.Facts {
			if strings.Contains(plain(fact), "900 000 118") {
				told++
				if fact != "número 900\u00A0000\u00A0118" {
					t.Errorf("%s says %q", row.Tag, fact)
				}
			}
		}
	}
	if told == 0 {
		t.Error("no row tells the number")
	}
}

func TestAMistypedYearDoesNotDrawAThousandWeeks(t *testing.T) {
	file := dossiertest.New(1).File
	file.Contacts[0].Value.OccurredAt.Wall = "0226-03-05T10:05"
	if got := len(compile(t, file, options(i18n.English)).Charts.Weeks); got > 120 {
		t.Errorf("%d weeks", got)
	}
}

func TestAnEmptyCaseCompilesInEveryLanguage(t *testing.T) {
	for _, language := range i18n.Languages() {
		d := compile(t, dossiertest.Empty().File, options(language))
		if d.Summary.Sentence == "" || len(d.Summary.Figures) != 6 {
			t.Errorf("%s: %+v", language, d.Summary)
		}
	}
}

func TestReferencesOfTwoCasesDiffer(t *testing.T) {
	one, other := dossiertest.Empty().File, dossiertest.Empty().File
	other.Case.ID = "0197b2c0-1111-7000-8000-000000aaaaaa"
	other.Entry.RecordedAt = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	if a, b := compile(t, one, options(i18n.English)).Reference, compile(t, other, options(i18n.English)).Reference; a == b || b != "2027-AAAAAA" {
		t.Errorf("got %q and %q", a, b)
	}
}
