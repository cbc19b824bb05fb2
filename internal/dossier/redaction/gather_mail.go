package redaction

import (
	"fmt"
	"slices"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// mailboxes keeps the people a message is from and to: the complainant, the companies' people, and others.
func (g *gatherer) mailboxes(reading casefile.Reading) {
	for _, mailbox := range slices.Concat(reading.From, reading.To, reading.Cc) {
		g.mailbox(mailbox)
	}
}

func (g *gatherer) mailbox(mailbox casefile.Mailbox) {
	address := strings.ToLower(strings.TrimSpace(mailbox.Address))
	local, domain, _ := strings.Cut(address, "@")
	own := g.file.Case.Complainant
	if own.Email != "" && strings.EqualFold(address, own.Email) {
		if place, ok := g.byValue[string(Complainant)+" complainant"]; ok {
			g.boxes[address] = place
			g.spell(place, mailbox.Name)
		}
		return
	}
	party, company := g.companyOf(domain)
	if company && (rolePart(local) && !g.isPersonal(mailbox.Name, party) || nameOfCompany(mailbox.Name, party) && local != "" && rolePart(local)) {
		return // a department's address
	}
	if place, ok := g.boxes[address]; ok {
		g.spell(place, mailbox.Name)
		return
	}
	place, known := g.personNamed(mailbox.Name)
	switch {
	case known:
	case company && !g.isPersonal(mailbox.Name, party) && mailbox.Name != "":
		g.email(mailbox.Address) // nobody is named; the address may be somebody's
		return
	case company:
		place = g.agent(g.numberOf([]string{idOf(Agent, address)}))
	default:
		place = g.third(mailbox)
	}
	g.boxes[address] = place
	g.spell(place, mailbox.Name)
	g.email(mailbox.Address)
}

// spell adds a name that a mailbox goes by.
func (g *gatherer) spell(place int, name string) {
	if !strings.Contains(name, "@") && len(tokens(name)) > 0 {
		g.spellAgent(place, name)
	}
}

// companyOf is the company whose mail domain it is.
func (g *gatherer) companyOf(domain string) (casefile.Party, bool) {
	for _, party := range g.file.Parties {
		if isOf(party.Value, domain) {
			return party.Value, true
		}
	}
	return casefile.Party{}, false
}

// within reports whether a domain is another one or below it.
func within(domain, parent string) bool {
	parent = strings.ToLower(parent)
	return parent != "" && (domain == parent || strings.HasSuffix(domain, "."+parent))
}

// isPersonal reports whether a mailbox's name is a person's: not the company's, nor a department's.
func (g *gatherer) isPersonal(name string, party casefile.Party) bool {
	if len(tokens(name)) == 0 || nameOfCompany(name, party) {
		return false
	}
	for _, token := range tokens(name) {
		if roles[token] {
			return false
		}
	}
	return true
}

// nameOfCompany reports whether a name holds the company's, or the other way round.
func nameOfCompany(name string, party casefile.Party) bool {
	said, own := squeezed(name), squeezed(party.Name)
	return said != "" && own != "" && (strings.Contains(said, own) || strings.Contains(own, said))
}

// personNamed is who of the case goes by a name.
func (g *gatherer) personNamed(name string) (int, bool) {
	wanted := sortedTokens(name)
	if len(wanted) < 2 {
		return 0, false
	}
	for _, secret := range g.secrets {
		switch secret.Kind {
		case Agent, Complainant, Household, Third:
		default:
			continue
		}
		for known := range strings.SplitSeq(secret.Value, " / ") {
			if slices.Equal(sortedTokens(known), wanted) {
				return g.byValue[string(secret.Kind)+" "+secret.ID], true
			}
		}
	}
	return 0, false
}

func sortedTokens(name string) []string {
	parts := slices.DeleteFunc(tokens(name), func(token string) bool { return particles[token] })
	slices.Sort(parts)
	return parts
}

// third is somebody who belongs to no company: person A, person B.
func (g *gatherer) third(mailbox casefile.Mailbox) int {
	g.thirds++
	return g.add(Secret{ID: fmt.Sprintf("person-%s", idOf(Third, mailbox.Address)[len(Third)+1:]), Kind: Third,
		Label: g.words.Text("press.label.person", i18n.Values{"letter": lettered(g.thirds)})})
}

// lettered counts A to Z, AA, AB …
func lettered(number int) string {
	text := ""
	for number > 0 {
		number--
		text = string(rune('A'+number%26)) + text
		number /= 26
	}
	return text
}

// rolePart reports whether what stands before the @ names a department, not a person.
func rolePart(local string) bool {
	for _, token := range tokens(local) {
		if roles[token] {
			return true
		}
	}
	return false
}

// roles are words that departments' addresses and names are made of.
var roles = setOf("info", "informacion", "informacio", "atencion", "atencio", "cliente", "clientes", "client", "clients", "customer", "customers",
	"care", "service", "services", "servicio", "servicios", "servei", "serveis", "soporte", "suport", "support", "help", "ayuda", "ajuda",
	"reclamaciones", "reclamacions", "reclamacion", "complaints", "complaint", "quejas", "pedidos", "pedido", "orders", "order", "comandes",
	"posventa", "postvenda", "aftersales", "ventas", "vendes", "sales", "siniestros", "sinistres", "claims", "contacto", "contacte", "contact",
	"contactus", "hola", "hello", "noreply", "reply", "no", "respuesta", "donotreply", "admin", "administracion", "administracio", "oficina",
	"office", "facturacion", "facturacio", "billing", "invoices", "facturas", "cobros", "devoluciones", "devolucions", "returns", "incidencias",
	"incidencies", "tienda", "botiga", "shop", "store", "web", "webmaster", "postmaster", "mailer", "daemon", "privacidad", "privacy", "dpo",
	"legal", "envios", "enviaments", "shipping", "delivery", "logistica", "trafico", "transporte", "almacen", "calidad", "qualitat", "quality",
	"direccion", "direccio", "gerencia", "prensa", "premsa", "press", "comunicacion", "avisos", "notificaciones", "notificacions",
	"notifications", "news", "newsletter", "equipo", "equip", "team", "departamento", "departament", "department", "recepcion", "reception",
	"tracking", "seguimiento", "bookings", "reservas", "reserves", "tecnico", "tecnic", "seguros", "polizas", "tramitacion", "tramitacio")
