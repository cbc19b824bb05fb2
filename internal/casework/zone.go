package casework

import (
	"os"
	"strings"
	"time"
)

// LocalZone is the IANA name of the time zone this computer is in; empty when it can't be known, as on
// Windows without TZ. variable looks up the environment.
func LocalZone(variable func(string) string) string {
	if zone := strings.TrimPrefix(variable("TZ"), ":"); isZone(zone) {
		return zone
	}
	if target, err := os.Readlink("/etc/localtime"); err == nil {
		if _, zone, ok := strings.Cut(target, "zoneinfo/"); ok && isZone(zone) {
			return zone
		}
	}
	if name, err := os.ReadFile("/etc/timezone"); err == nil && isZone(strings.TrimSpace(string(name))) {
		return strings.TrimSpace(string(name))
	}
	if name, seconds := time.Now().Zone(); name == "UTC" && seconds == 0 {
		return "UTC"
	}
	return ""
}

func isZone(name string) bool {
	if name == "" || name == "Local" {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}
