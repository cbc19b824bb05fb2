package casework

import (
	"os"
	"path/filepath"

	"github.com/adrg/xdg"

	"constancia/internal/problem"
)

// DefaultDirectory is where the library lies unless somebody says otherwise: CONSTANCIA_LIBRARY, else the place for
// application data by the platform's convention. There it has a folder of its own, because WebKitGTK keeps what is
// its own in the program's.
//
// Problem: no_home.
func DefaultDirectory() (string, error) {
	return usualPlace("CONSTANCIA_LIBRARY", "XDG_DATA_HOME", filepath.Join(xdg.DataHome, "constancia", "library"))
}

// DefaultState is the state folder unless somebody says otherwise: CONSTANCIA_STATE, else the place for a program's state
// by the platform's convention.
//
// Problem: no_home.
func DefaultState() (string, error) {
	return usualPlace("CONSTANCIA_STATE", "XDG_STATE_HOME", filepath.Join(xdg.StateHome, "constancia"))
}

// usualPlace is the folder that our own variable names, else the one of the convention, which is the variable's of the
// convention or lies in the person's home. Somebody without a home has none: in its stead the convention would give
// the root of the disk, or the folder that happens to be the current one.
func usualPlace(ours, theirs, conventional string) (string, error) {
	if named := os.Getenv(ours); named != "" {
		return named, nil
	}
	homeless := xdg.Home == "" || xdg.Home == filepath.Dir(xdg.Home)
	if homeless && !filepath.IsAbs(os.Getenv(theirs)) || !filepath.IsAbs(conventional) {
		return "", problem.New(problem.NoHome, nil)
	}
	return conventional, nil
}
