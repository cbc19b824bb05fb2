package casework

import (
	"context"
	"strings"

	"constancia/internal/seal"
)

// sealService is the name of the setting that says which service seals. Without it nothing is sent to anybody.
const sealService = "seal_service"

// NoSealService is what to choose to have no more seals.
const NoSealService = "off"

// SealServices lists services to choose from. Any other can be chosen by its address.
func SealServices() []seal.Service { return seal.Services() }

// SealService is the address of the chosen service; empty when none was.
func (c *Casework) SealService(ctx context.Context) (string, error) {
	return c.library.Setting(ctx, sealService)
}

// ChooseSealService has a service seal the records from now on: one of SealServices by its id, another one by its address,
// or none ([NoSealService]). It gives the address. Nothing is sent yet.
//
// Problems: not_a_web_address.
func (c *Casework) ChooseSealService(ctx context.Context, choice string) (string, error) {
	address := choice
	for _, service := range seal.Services() {
		if service.ID == choice {
			address = service.URL
		}
	}
	if choice == NoSealService {
		address = ""
	} else if _, err := seal.CheckAddress(address); err != nil {
		return "", err
	}
	return address, c.library.PutSetting(ctx, sealService, address)
}

// sealChoices names the services to choose from.
func sealChoices() string {
	var ids []string
	for _, service := range seal.Services() {
		ids = append(ids, service.ID)
	}
	return strings.Join(ids, ", ")
}
