package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/i18n"
)

// readSettings gives the person's choices; what can't be read is as if nothing had been chosen.
func (d *desk) readSettings() Settings {
	text, err := os.ReadFile(d.settingsPath())
	if err != nil {
		return Settings{}
	}
	var settings Settings
	if json.Unmarshal(text, &settings) != nil {
		return Settings{}
	}
	return settings
}

func (d *desk) writeSettings(settings Settings) error {
	text, err := json.Marshal(settings)
	if err != nil {
		return err
	}
	return writePrivately(d.settingsPath(), text)
}

// complainant is the person as a new case names them.
func (s Settings) complainant() casefile.Complainant {
	return casefile.Complainant{Name: s.Name, Address: s.Address, Email: s.Email, Phone: s.Phone}
}

func (d *desk) settingsPath() string { return filepath.Join(d.state, "settings.json") }

// wallMinute is a wall time to the minute, as it crosses the bridge.
const wallMinute = "2006-01-02T15:04"

// location is the time zone the person is in: the one they chose, else the one the page found, else the one this computer
// is set to.
func (d *desk) location() *time.Location {
	d.mu.RLock()
	found := d.systemZone
	d.mu.RUnlock()
	for _, zone := range []string{d.readSettings().Zone, found, casework.LocalZone(os.Getenv)} {
		if location, err := time.LoadLocation(zone); err == nil && zone != "" && zone != "Local" {
			return location
		}
	}
	return time.UTC
}

// texts are the words of the window's language, for the little that the system shows: the titles of its dialogs.
func (d *desk) texts() *i18n.Texts {
	language, chosen := i18n.Parse(d.readSettings().Language)
	if !chosen {
		d.mu.RLock()
		defer d.mu.RUnlock()
		language = d.spoken
	}
	return i18n.For(language)
}
