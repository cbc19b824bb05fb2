package app

import "constancia/internal/casework"

// Seals are what the page does with time stamping services.
type Seals struct{ desk *desk }

// Service says which service was chosen, and which there are.
func (s *Seals) Service() (choice SealChoice, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return SealChoice{}, err
	}
	address, err := work.SealService(s.desk.ctx)
	if err != nil {
		return SealChoice{}, err
	}
	choice = SealChoice{Chosen: address, Services: []SealService{}}
	for _, one := range casework.SealServices() {
		choice.Services = append(choice.Services, SealService{
			ID: one.ID, Name: one.Name, Address: one.URL, Country: one.Country, Qualified: one.Qualified})
		if one.URL == address {
			choice.Chosen = one.ID
		}
	}
	return choice, nil
}

// Choose has a service stamp the records from now on: one of those there are by its id, or none. Nothing is sent yet.
func (s *Seals) Choose(id string) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	if id == "" {
		id = casework.NoSealService
	}
	known := id == casework.NoSealService
	for _, one := range casework.SealServices() {
		known = known || one.ID == id
	}
	if !known {
		return notFound("service", id) // an address never comes from the page
	}
	_, err = work.ChooseSealService(s.desk.ctx, id)
	return err
}
