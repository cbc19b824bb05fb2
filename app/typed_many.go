package app

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

// What a person types into the cells of the grid, or pastes there from a table of their own, read: in any of the three
// languages, without regard to accents and capitals.

// foldWords makes words comparable.
func foldWords(text string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), text)
	if err != nil {
		plain = text
	}
	return strings.Join(strings.Fields(cases.Fold().String(plain)), " ")
}

// channelWords are what channels are called, by the code of each.
var channelWords = map[casefile.Channel]string{
	casefile.Phone: "phone, telephone, call, phone call, tel, telefono, llamada, llamada telefonica, por telefono, telefon, trucada, per telefon, movil, mobil",
	casefile.Email: "email, e-mail, mail, correo, correo electronico, por correo, correu, correu electronic",
	casefile.Chat:  "chat, whatsapp, xat, live chat, chat en linea",
	casefile.InPerson: "in person, visit, shop, store, branch, en persona, persona, visita, tienda, oficina, sucursal, presencial, botiga, in the shop, en la tienda, " +
		"a la botiga",
	casefile.Letter:       "letter, post, carta, burofax, fax, certificado, carta certificada, correo postal, correo certificado",
	casefile.WebForm:      "web form, form, web, website, online, formulario, formulario web, formulari, formulari web, la web, el web, app",
	casefile.SocialMedia:  "social media, social network, social networks, twitter, x, facebook, instagram, redes sociales, redes, xarxes socials, xarxes",
	casefile.CommentCard:  "comment card, complaints form, hoja de comentarios, hoja de reclamaciones, full de comentaris, full de reclamacio, full de reclamacions, full oficial",
	casefile.OtherChannel: "other, otro, otro medio, otros, altre, un altre mitja, altres, other means",
}

// theyBegan are ways to say that the company got in touch.
var theyBegan = []string{"they called", "they wrote", "incoming", "from them", "me llamaron", "llamaron", "me escribieron", "de ellos", "entrante", "recibida", "recibido",
	"em van trucar", "van trucar", "em van escriure", "d'ells", "entrant", "rebuda", "rebut"}

var channels = func() map[string]casefile.Channel {
	named := map[string]casefile.Channel{}
	for channel, list := range channelWords {
		named[string(channel)] = channel
		for word := range strings.SplitSeq(list, ", ") {
			named[foldWords(word)] = channel
		}
	}
	return named
}()

// typedChannel reads how somebody got in touch and who began: "phone", «correo», «me llamaron», "email, from them". Empty
// is a call to the company.
//
// Problem: not_a_choice.
func typedChannel(typed string) (casefile.Channel, casefile.Direction, error) {
	text := strings.ReplaceAll(foldWords(typed), "’", "'")
	direction := casefile.Outgoing
	for _, words := range theyBegan {
		if rest, found := strings.CutSuffix(text, words); found && (rest == "" || strings.HasSuffix(rest, " ") || strings.HasSuffix(rest, ",")) {
			direction, text = casefile.Incoming, strings.Trim(rest, " ,:-")
			if text == "" && (strings.Contains(words, "wrote") || strings.Contains(words, "escri")) {
				text = string(casefile.Email)
			}
			break
		}
	}
	if text == "" {
		return casefile.Phone, direction, nil
	}
	if channel, known := channels[text]; known {
		return channel, direction, nil
	}
	return "", "", problem.New(problem.NotAChoice, problem.Values{"field": "channel", "value": typed})
}

// refusals are ways to say that somebody would not give their name.
var refusals = map[string]bool{
	"refused": true, "refused to give a name": true, "no name given": true, "would not say": true, "no dio su nombre": true, "no dio el nombre": true, "no quiso dar su nombre": true,
	"no quiso dar el nombre": true, "se nego": true, "no va donar el nom": true, "no va dir el nom": true, "no va voler donar el nom": true, "no va voler dir el nom": true,
}

// passing is what stands between somebody and whoever they passed the person on to.
const passing = ">→"

// typedPassings counts how often the person was passed on: "Núria > Marc".
func typedPassings(typed string) (times int64) {
	for _, sign := range typed {
		if strings.ContainsRune(passing, sign) {
			times++
		}
	}
	return times
}

// typedPeople reads who was spoken to: "Núria, supervisor; Marc". A semicolon, a slash or an arrow parts people, a comma a
// name from a position.
func typedPeople(typed string) []casework.Spoken {
	var people []casework.Spoken
	for one := range strings.FieldsFuncSeq(typed, func(r rune) bool { return r == ';' || r == '/' || strings.ContainsRune(passing, r) }) {
		name, position, _ := strings.Cut(one, ",")
		spoken := casework.Spoken{Name: strings.TrimSpace(name), Position: strings.TrimSpace(position)}
		if refusals[foldWords(spoken.Name)] {
			spoken.Name, spoken.Refused = "", true
		}
		if spoken != (casework.Spoken{}) {
			people = append(people, spoken)
		}
	}
	return people
}

// addSeconds is the wall time so much later, to the minute.
func addSeconds(wall string, seconds int64) string {
	at, err := time.Parse("2006-01-02T15:04", wall)
	if err != nil {
		return ""
	}
	return at.Add(time.Duration(seconds) * time.Second).Format("2006-01-02T15:04")
}
