package casework_test

import (
	"path/filepath"
	"testing"

	"github.com/adrg/xdg"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

func TestThingsLieWhereThePersonSays(t *testing.T) {
	data, state, nowhere := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "state"), ""
	home := t.TempDir()
	tests := []struct {
		name               string
		variables          map[string]string
		library, state     string
		noLibrary, noState bool
	}{
		{"by our variables", map[string]string{"HOME": home, "CONSTANCIA_LIBRARY": data, "CONSTANCIA_STATE": state}, data, state, false, false},
		{"by our variables, without a home", map[string]string{"CONSTANCIA_LIBRARY": data, "CONSTANCIA_STATE": state}, data, state, false, false},
		{"by the convention’s variables", map[string]string{"HOME": home, "XDG_DATA_HOME": data, "XDG_STATE_HOME": state},
			filepath.Join(data, "constancia", "library"), filepath.Join(state, "constancia"), false, false},
		{"by the convention’s variables, without a home", map[string]string{"XDG_DATA_HOME": data, "XDG_STATE_HOME": state},
			filepath.Join(data, "constancia", "library"), filepath.Join(state, "constancia"), false, false},
		{"of the library only, without a home", map[string]string{"CONSTANCIA_LIBRARY": data}, data, nowhere, false, true},
		{"of the state only, without a home", map[string]string{"CONSTANCIA_STATE": state}, nowhere, state, true, false},
		{"without a home", nil, nowhere, nowhere, true, true},
		{"with the root as home", map[string]string{"HOME": "/"}, nowhere, nowhere, true, true},
		{"with a home that depends on where one is", map[string]string{"HOME": "here"}, nowhere, nowhere, true, true},
		{"by variables that depend on where one is", map[string]string{"XDG_DATA_HOME": "here", "XDG_STATE_HOME": "here"}, nowhere, nowhere, true, true},
	}
	t.Cleanup(xdg.Reload) // after the variables are what they were
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Cleanup(xdg.Reload)
			for _, name := range []string{"HOME", "CONSTANCIA_LIBRARY", "CONSTANCIA_STATE", "XDG_DATA_HOME", "XDG_STATE_HOME"} {
				t.Setenv(name, test.variables[name])
			}
			xdg.Reload()
			library, err := casework.DefaultDirectory()
			requirePlace(t, "the library", library, err, test.library, test.noLibrary)
			found, err := casework.DefaultState()
			requirePlace(t, "the state", found, err, test.state, test.noState)
		})
	}
}

func requirePlace(t *testing.T, what, got string, err error, want string, homeless bool) {
	t.Helper()
	if homeless {
		requireProblem(t, err, problem.NoHome)
		return
	}
	if err != nil || got != want {
		t.Errorf("%s lies in %q, %v, want %q", what, got, err, want)
	}
}
