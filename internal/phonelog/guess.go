package phonelog

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// names are the words that columns are headed with, folded, in the three languages. The first that fits counts.
var names = []struct {
	field Field
	words []string
}{
	{Due, []string{"para cuando", "plazo", "vence", "vencimiento", "due", "by when", "per quan", "termini"}},
	{Hold, []string{"espera", "hold", "waiting", "en espera"}},
	{Promise, []string{"promesa", "prometieron", "promise", "promised", "promesa feta"}},
	{Duration, []string{"duracion", "durada", "duration", "segundos", "segons", "seconds", "length", "tiempo", "minutos", "minuts", "minutes"}},
	{Way, []string{"direccion", "direccio", "direction", "tipo", "tipus", "type", "sentido", "sentit"}},
	{Company, []string{"empresa", "compania", "company", "companyia"}},
	{Channel, []string{"canal", "channel", "medio", "via", "mitja"}},
	{Name, []string{"nombre del contacto", "contact name", "contacto", "contact", "contacte", "name in phone"}},
	{Who, []string{"quien", "persona", "agente", "who", "person", "agent", "atendido por", "nombre", "name", "nom", "qui"}},
	{Number, []string{"telefono", "numero", "number", "phone", "destino", "desti", "origen", "telefon", "num", "llamado", "trucat", "called", "caller", "msisdn"}},
	{Clock, []string{"hora", "time", "clock"}},
	{When, []string{"fecha", "date", "data", "dia", "day", "cuando", "when", "quan", "fecha y hora", "inicio", "start"}},
	{What, []string{"que paso", "que va passar", "resumen", "resum", "notas", "nota", "notes", "descripcion", "descripcio", "description", "what happened", "summary",
		"comentario", "comentarios", "observaciones", "motivo", "asunto", "detalle"}},
}

// fold makes words comparable: small letters without accents, signs as spaces.
func fold(text string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// named is the field that a heading names.
func named(heading string) Field {
	heading = " " + fold(heading) + " "
	for _, exact := range []bool{true, false} {
		for _, one := range names {
			for _, word := range one.words {
				if exact && heading == " "+word+" " || !exact && strings.Contains(heading, " "+word+" ") {
					return one.field
				}
			}
		}
	}
	return NoField
}

// guess fills in what each column seems to say: by its heading, else by what stands in it. Each field is one column's.
func (t *Table) guess() {
	t.Columns = make([]Field, len(t.Header))
	taken := map[Field]bool{NoField: true}
	byName := 0
	for at, heading := range t.Header {
		if field := named(heading); !taken[field] {
			t.Columns[at], taken[field] = field, true
			byName++
		}
	}
	for at := range t.Columns {
		if t.Columns[at] != NoField {
			continue
		}
		if field := t.looksLike(at); !taken[field] {
			t.Columns[at], taken[field] = field, true
		}
	}
	t.Sure = byName >= 2 && taken[When] && (taken[Number] || taken[What] || taken[Company]) && t.holds(When, isDate)
	t.MonthFirst = t.monthFirst(t.Columns)
}

// looksLike tells what most cells of a column are.
func (t *Table) looksLike(at int) Field {
	for _, one := range []struct {
		field Field
		is    func(string) bool
	}{
		{When, isDate},
		{Way, func(cell string) bool { return directionOf(cell) != UnknownDirection }},
		{Clock, func(cell string) bool { return clockOf(cell) != "" && strings.Count(cell, ":") == 1 }},
		{Number, func(cell string) bool { return len(Key(cell)) >= 3 && numberOf(cell) != "" && len(cell) < 24 }},
		{What, func(cell string) bool { return strings.Count(cell, " ") >= 3 }},
	} {
		if t.mostly(at, one.is) {
			return one.field
		}
	}
	return NoField
}

// holds tells whether the column of a field has mostly such cells.
func (t *Table) holds(field Field, is func(string) bool) bool {
	for at, one := range t.Columns {
		if one == field {
			return t.mostly(at, is)
		}
	}
	return false
}

func (t *Table) mostly(at int, is func(string) bool) bool {
	filled, fits := 0, 0
	for _, row := range t.Rows[:min(len(t.Rows), sampleRows)] {
		if at >= len(row) || row[at] == "" {
			continue
		}
		if filled++; is(row[at]) {
			fits++
		}
	}
	return filled > 0 && fits*10 >= filled*8
}

// monthFirst tells whether the dates can only be read with the month before the day.
func (t *Table) monthFirst(columns []Field) bool {
	second := false
	for at, field := range columns {
		if field != When {
			continue
		}
		for _, row := range t.Rows {
			if at >= len(row) {
				continue
			}
			parts := slashed.FindStringSubmatch(row[at])
			if parts == nil {
				continue
			}
			if toNumber(parts[1]) > 12 {
				return false
			}
			second = second || toNumber(parts[2]) > 12
		}
	}
	return second
}
