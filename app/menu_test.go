package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/i18n"
)

func TestEachLineOfTheMenuIsAnActionOfThePageAndHasWords(t *testing.T) {
	actions, err := os.ReadFile(filepath.FromSlash("../frontend/src/screens/actions.ts"))
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range menuItems {
		if !strings.Contains(string(actions), "id: '"+item.action+"'") {
			t.Errorf("the page has no action %s", item.action)
		}
		for _, language := range []i18n.Language{i18n.English, i18n.Spanish, i18n.Catalan} {
			if words := i18n.For(language).Text(item.label); words == "" || words == item.label {
				t.Errorf("%s has no words in %s", item.action, language)
			}
		}
	}
}
