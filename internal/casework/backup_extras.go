package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"constancia/internal/backup"
	"constancia/internal/casefile"
)

// What lies in the library beside the log goes into a backup under these names.
const (
	settingsExtra = "settings"
	draftsExtra   = "contact_drafts"
)

// isOwnSetting tells whether a setting is about this library or device alone: a restored one is another, and what waits
// for a seal of this device gets none from that.
func isOwnSetting(name string) bool {
	return name == "library_id" || name == "device_id" || strings.HasPrefix(name, sealWaiting)
}

// besideTheLog gathers settings and drafts.
func (c *Casework) besideTheLog(ctx context.Context) (map[string][]byte, error) {
	settings, err := c.library.Settings(ctx, "")
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(settings, func(name, _ string) bool { return isOwnSetting(name) })
	drafts, err := c.library.ContactDrafts(ctx, "")
	if err != nil {
		return nil, err
	}
	all := map[string][]byte{}
	for name, value := range map[string]any{settingsExtra: settings, draftsExtra: drafts} {
		if all[name], err = json.Marshal(value); err != nil {
			return nil, fmt.Errorf("failed to write the %s: %w", name, err)
		}
	}
	return all, nil
}

// putBeside brings settings and drafts back.
func (c *Casework) putBeside(ctx context.Context, snapshot backup.Snapshot) error {
	settings, err := extraOf[map[string]string](snapshot, settingsExtra)
	if err != nil {
		return err
	}
	for name, value := range settings {
		if isOwnSetting(name) {
			continue
		}
		if err := c.library.PutSetting(ctx, name, value); err != nil {
			return err
		}
	}
	drafts, err := extraOf[[]casefile.ContactDraft](snapshot, draftsExtra)
	if err != nil {
		return err
	}
	for _, draft := range drafts {
		if err := c.library.AddContactDraft(ctx, draft); err != nil {
			return err
		}
	}
	return nil
}

// extraOf reads what stands in a backup under a name; nothing when there is none.
func extraOf[T any](snapshot backup.Snapshot, name string) (value T, err error) {
	text := snapshot.Extras[name]
	if len(text) == 0 {
		return value, nil
	}
	if err := json.Unmarshal(text, &value); err != nil {
		return value, fmt.Errorf("failed to read the %s in the backup: %w", name, err)
	}
	return value, nil
}
