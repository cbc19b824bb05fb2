package cli

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// contactWords are the words of `contact log` that need reading before they make a request.
type contactWords struct {
	hold, talk        string
	people, positions []string
	refused           int
	failures          []string
	remedy            casefile.Remedy
	remedyAmount      string
}

func (p *program) contactLog() *cobra.Command {
	var (
		request casework.LogContact
		typed   contactWords
	)
	command, flags := p.leaf("contact.log", noArguments, func(command *cobra.Command, _ []string) error {
		if err := typed.read(p, &request); err != nil {
			return err
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			logged, err := work.LogContact(command.Context(), request)
			if err != nil {
				return err
			}
			return p.show(logged, func(w io.Writer) { p.line(w, "cli.contact.logged", values("id", logged.ID)) })
		})
	})
	flags.text(&request.CaseID, "case", "id")
	typed.flags(flags, &request)
	flags.require("case", "summary")
	return command
}

// flags are what a contact is described by.
func (typed *contactWords) flags(flags flags, request *casework.LogContact) {
	flags.text(&request.Company, "company", "name")
	flags.text(&request.When, "when", "time")
	flags.text(&request.Zone, "zone", "zone")
	choice(flags, &request.Precision, "precision", casefile.Precisions())
	flags.text(&request.Offset, "offset", "offset")
	flags.text(&request.End, "end", "time")
	choice(flags, &request.Direction, "direction", casefile.Directions())
	choice(flags, &request.Channel, "channel", casefile.Channels())
	flags.texts(&typed.people, "person", "name")
	flags.count(&typed.refused, "refused-name")
	flags.texts(&typed.positions, "position", "text")
	flags.text(&typed.hold, "hold", "duration")
	flags.text(&typed.talk, "talk", "duration")
	flags.number(&request.Transfers, "transfers", 0)
	flags.number(&request.Retold, "retold", 0)
	flags.text(&request.SentTo, "sent-to", "name")
	flags.text(&request.Number, "number", "text")
	flags.text(&request.CompanyReference, "reference", "text")
	flags.text(&request.Summary, "summary", "text")
	flags.text(&request.Verbatim, "verbatim", "text")
	flags.texts(&typed.failures, "failure", "code")
	flags.annotate("failure", choices, words(casefile.Failures())...)
	choice(flags, &request.Supervisor, "supervisor", casefile.Supervisors())
	flags.text(&request.MadeBy, "made-by", "name")
	choice(flags, &request.Basis, "basis", casefile.Bases())
	choice(flags, &typed.remedy.Kind, "remedy", casefile.RemedyKinds())
	choice(flags, &typed.remedy.Answer, "remedy-answer", casefile.RemedyAnswers())
	flags.text(&typed.remedy.Reason, "remedy-reason", "text")
	flags.text(&typed.remedyAmount, "remedy-amount", "money")
	flags.yes(&typed.remedy.Done, "remedy-done")
}

// read fills the request with what was typed.
func (typed *contactWords) read(p *program, request *casework.LogContact) error {
	var err error
	if request.HoldSeconds, err = parseDuration("hold", typed.hold); err != nil {
		return err
	}
	if request.TalkSeconds, err = parseDuration("talk", typed.talk); err != nil {
		return err
	}
	for _, failure := range typed.failures {
		request.Failures = append(request.Failures, casefile.Failure(failure))
	}
	if typed.remedy.Amount, err = parseMoney("amount", typed.remedyAmount); err != nil {
		return err
	}
	if typed.remedy.Kind != "" {
		request.Remedy = &typed.remedy
	}
	for _, name := range typed.people {
		request.People = append(request.People, casework.Spoken{Name: name})
	}
	for range typed.refused {
		request.People = append(request.People, casework.Spoken{Refused: true})
	}
	for i, position := range typed.positions {
		if i == len(request.People) {
			return p.misusedBecause("cli.misuse.positions", nil)
		}
		request.People[i].Position = position
	}
	return nil
}

// shownContact is the JSON shape of a contact: as it is recorded, with the names behind its ids.
type shownContact struct {
	casefile.Contact
	Company string `json:"company"`
	// SentToName is the company that the contact sent the person to.
	SentToName  string             `json:"sent_to_name,omitempty"`
	PeopleNames []string           `json:"people_names"`
	RecordedAt  string             `json:"recorded_at"`
	Recorded    casefile.Recording `json:"recorded"`
	Leaf        string             `json:"leaf"`
	Corrected   bool               `json:"corrected"`
}

func shownContacts(file casefile.CaseFile) []shownContact {
	companies, people := map[string]string{}, map[string]string{}
	for _, party := range file.Parties {
		companies[party.Value.ID] = party.Value.Name
	}
	for _, person := range file.People {
		people[person.Value.ID] = person.Value.Name
	}
	shown := make([]shownContact, 0, len(file.Contacts))
	for _, contact := range file.Contacts {
		one := shownContact{
			Contact: contact.Value, Company: companies[contact.Value.PartyID],
			PeopleNames: []string{}, RecordedAt: instant(contact.Entry.RecordedAt), Recorded: casefile.RecordingOf(contact),
			Leaf: contact.Entry.Leaf, Corrected: len(contact.Entry.Corrections) > 0,
		}
		if contact.Value.SentTo != nil {
			one.SentToName = companies[contact.Value.SentTo.PartyID]
		}
		for _, id := range contact.Value.PersonIDs {
			one.PeopleNames = append(one.PeopleNames, people[id])
		}
		shown = append(shown, one)
	}
	return shown
}

func (p *program) contactList() *cobra.Command {
	var id string
	command, flags := p.leaf("contact.list", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			file, err := work.CaseFile(command.Context(), id)
			if err != nil {
				return err
			}
			shown := shownContacts(file)
			return p.show(list[shownContact]{Items: shown}, func(w io.Writer) {
				if len(shown) == 0 {
					p.line(w, "cli.contact.none", nil)
					return
				}
				p.contactTable(w, shown)
			})
		})
	})
	flags.text(&id, "case", "id")
	flags.require("case")
	return command
}

func (p *program) contactTable(w io.Writer, contacts []shownContact) {
	rows := make([][]string, len(contacts))
	for i, contact := range contacts {
		hold := ""
		if contact.HoldSeconds != nil {
			hold = p.texts.Duration(*contact.HoldSeconds)
		}
		names := make([]string, len(contact.PeopleNames))
		for i, name := range contact.PeopleNames {
			names[i] = p.personName(name)
		}
		rows[i] = []string{p.shortWhen(contact.OccurredAt), p.term("channel", string(contact.Channel)), short(contact.Company, 24),
			short(strings.Join(names, ", "), 32), hold, short(contact.Summary, 60), contact.ID}
	}
	p.table(w, []string{"when", "channel", "company", "people", "hold", "summary", "id"}, rows)
}

// personName is a name, or the words for one that was refused.
func (p *program) personName(name string) string {
	if name == "" {
		return p.texts.Text("cli.person.refused")
	}
	return name
}
