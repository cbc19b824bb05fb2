package seal

// Service is one that a person can choose.
type Service struct {
	// ID is a short name to choose it by.
	ID string `json:"id"`
	// Name is how the service calls itself.
	Name string `json:"name"`
	// URL is where it takes requests.
	URL string `json:"url"`
	// Country is where whoever runs it is established: ISO 3166-1 alpha-2.
	Country string `json:"country"`
	// Qualified says that it calls itself a qualified service of the European Union (eIDAS, article 42), whose time stamps
	// are presumed right in court there. The trusted lists tell whether it is one today.
	Qualified bool `json:"qualified"`
}

// Services are some that answer without an account. None is chosen for anybody. Most are asked over plain HTTP, as usual
// for time stamps: all that is sent is a hash, and the answer is signed.
func Services() []Service {
	return []Service{
		{ID: "accv", Name: "ACCV", URL: "http://tss.accv.es:8318/tsa", Country: "ES", Qualified: true},
		{ID: "izenpe", Name: "Izenpe", URL: "http://tsa.izenpe.com", Country: "ES", Qualified: true},
		{ID: "sectigo-qualified", Name: "Sectigo (qualified)", URL: "http://timestamp.sectigo.com/qualified", Country: "ES", Qualified: true},
		{ID: "sectigo", Name: "Sectigo", URL: "http://timestamp.sectigo.com", Country: "GB"},
		{ID: "certum", Name: "Certum", URL: "http://time.certum.pl", Country: "PL"},
		{ID: "digicert", Name: "DigiCert", URL: "http://timestamp.digicert.com", Country: "US"},
		{ID: "globalsign", Name: "GlobalSign", URL: "http://timestamp.globalsign.com/tsa/r6advanced1", Country: "BE"},
		{ID: "freetsa", Name: "FreeTSA", URL: "https://freetsa.org/tsr", Country: "DE"},
	}
}
