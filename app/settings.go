package app

import (
	"encoding/json"
	"os"
	"path/filepath"

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

func (d *desk) settingsPath() string { return filepath.Join(d.state, "settings.json") }

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
