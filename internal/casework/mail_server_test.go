package casework_test

import (
	"testing"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

func TestNobodyIsAskedForTheServerOfWhatIsNoAddress(t *testing.T) {
	for _, address := range []string{"", "elena", "elena@localhost"} {
		if _, err := casework.FindMailServer(t.Context(), address); problem.From(err).Code != problem.NotAnAddress {
			t.Errorf("%q: got %v", address, err)
		}
	}
}
