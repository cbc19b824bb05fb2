package app

import (
	platform "runtime"
	"time"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

// Window is what the page asks of the window itself.
type Window struct{ desk *desk }

// Ready gives the page what it needs before it shows anything. The page waits for it: start-up runs beside its loading.
// spoken is the tag of the language the system speaks, and zone the name of its time zone: every web view knows both, and
// Go does not know the zone on every system.
func (s *Window) Ready(spoken, zone string) (start Start, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return Start{}, err
	}
	language, known := i18n.Parse(spoken)
	if !known {
		language = i18n.English
	}
	s.desk.mu.Lock()
	s.desk.spoken, s.desk.systemZone = language, zone
	sampleOpen := s.desk.sampleOpen
	s.desk.mu.Unlock()
	location := s.desk.location()
	last, behind, err := work.ClockBehind(s.desk.ctx)
	if err != nil {
		return Start{}, err
	}
	clockBehind := ""
	if behind {
		clockBehind = last.In(location).Format(wallMinute)
	}
	return Start{
		Version: version(), Settings: s.desk.readSettings(), SystemLanguage: string(language), Zone: location.String(),
		Today:         work.Now().In(location).Format(time.DateOnly),
		LibraryFolder: work.Directory(), SampleOpen: sampleOpen, SampleMade: s.desk.sampleMade(),
		ClockBehind: clockBehind, Migrated: work.MigratedFrom() != "", Surprised: work.Surprised(),
		NativeMenu: platform.GOOS == "darwin",
		Choices: Choices{
			Roles: words(casefile.Roles()), Channels: words(casefile.Channels()), Directions: words(casefile.Directions()),
			Bases: words(casefile.Bases()), Supervisors: words(casefile.Supervisors()), Outcomes: words(casefile.Outcomes()),
			Endings:  words(casefile.EndingKinds()),
			Failures: words(casefile.Failures()), Consents: words(casefile.Consents()),
			Editions: words(dossier.Editions()), Sections: words(dossier.Sections()),
		},
	}, nil
}

// SaveSettings keeps the person's choices.
func (s *Window) SaveSettings(settings Settings) (err error) {
	defer guard(&err)
	person, err := casework.CheckComplainant(settings.complainant())
	if err != nil {
		return err
	}
	settings.Name, settings.Address, settings.Email, settings.Phone = person.Name, person.Address, person.Email, person.Phone
	return s.desk.writeSettings(settings)
}

// Copy puts text on the clipboard.
func (s *Window) Copy(text string) (err error) {
	defer guard(&err)
	return runtime.ClipboardSetText(s.desk.ctx, text)
}

// OpenLink shows an address in the system's browser or mail program, after the person was shown it and said so. It is
// named by the id it came to the page with.
func (s *Window) OpenLink(id string) (err error) {
	defer guard(&err)
	address, err := s.desk.links.address(id)
	if err != nil {
		return err
	}
	return s.desk.open.address(address)
}

// version is the number in the program's name: "Constancia 0.1.0".
func version() string { return casework.Program[len("Constancia "):] }
