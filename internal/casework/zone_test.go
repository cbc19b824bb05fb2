package casework

import "testing"

func TestTheZoneIsTheOneOfTheSystem(t *testing.T) {
	for variable, want := range map[string]string{"America/Mexico_City": "America/Mexico_City", ":Europe/Madrid": "Europe/Madrid"} {
		if got := LocalZone(func(string) string { return variable }); got != want {
			t.Errorf("TZ=%s gives %q, want %q", variable, got, want)
		}
	}
	if got := LocalZone(func(string) string { return "" }); got != "" && !isZone(got) {
		t.Errorf("%q is no zone", got)
	}
}
