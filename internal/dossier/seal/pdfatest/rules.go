// Package pdfatest holds a file to the rules of PDF/A-3b (ISO 19005-3), for tests. It reads with another parser than
// package seal writes with, and knows nothing of how that works.
package pdfatest

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// init keeps the other parser from writing a folder for its settings: where that is, is a variable of its package, which
// nothing may set once tests run beside each other.
func init() { api.DisableConfigDir() }

// Settings are those with which tests have the other parser read: it asks nothing of the network.
func Settings() *model.Configuration {
	settings := model.NewDefaultConfiguration()
	settings.Offline = true
	return settings
}

// Broken lists the rules that a file breaks, each with the section of the standard it comes from.
func Broken(data []byte) ([]string, error) {
	read, err := api.ReadContext(bytes.NewReader(data), Settings())
	if err != nil {
		return nil, fmt.Errorf("pdfcpu can't read it: %w", err)
	}
	if err := read.EnsurePageCount(); err != nil {
		return nil, fmt.Errorf("pdfcpu can't count its pages: %w", err)
	}
	c := &checker{data: data, table: read.XRefTable, seen: map[string]bool{}, faces: map[string]map[string]typeface{}, drawn: map[string]bool{}}
	c.fileStructure()
	c.catalog()
	c.objects()
	for number := 1; number <= c.table.PageCount; number++ {
		c.page(number)
	}
	return c.broken, errors.Join(c.errs...)
}

type checker struct {
	data   []byte
	table  *model.XRefTable
	broken []string
	seen   map[string]bool
	errs   []error
	// faces are the fonts by the text of the resources that name them.
	faces map[string]map[string]typeface
	// drawn are the forms that were looked at; foreign says that one is, whose fonts may be named otherwise.
	drawn   map[string]bool
	foreign bool
}

// rule notes that a rule is broken unless it holds; each once.
func (c *checker) rule(holds bool, section, text string, values ...any) {
	what := section + ": " + fmt.Sprintf(text, values...)
	if !holds && !c.seen[what] {
		c.seen[what] = true
		c.broken = append(c.broken, what)
	}
}

func (c *checker) get(o types.Object) types.Object {
	found, err := c.table.Dereference(o)
	if err != nil {
		c.errs = append(c.errs, err)
	}
	return found
}

func (c *checker) dict(o types.Object) types.Dict {
	switch o := c.get(o).(type) {
	case types.Dict:
		return o
	case types.StreamDict:
		return o.Dict
	case *types.StreamDict:
		return o.Dict
	}
	return nil
}

func (c *checker) array(o types.Object) types.Array {
	list, _ := c.get(o).(types.Array)
	return list
}

func (c *checker) name(o types.Object) string {
	called, _ := c.get(o).(types.Name)
	return string(called)
}

func (c *checker) text(o types.Object) string {
	if o == nil {
		return ""
	}
	text, err := c.table.DereferenceText(o)
	if err != nil {
		c.errs = append(c.errs, err)
	}
	return text
}

// content is the data of a stream without its filters.
func (c *checker) content(o types.Object) []byte {
	switch s := c.get(o).(type) {
	case types.StreamDict:
		if err := s.Decode(); err != nil {
			c.errs = append(c.errs, err)
		}
		return s.Content
	case *types.StreamDict:
		return c.content(*s)
	}
	return nil
}

var header = regexp.MustCompile(`^%PDF-1\.[0-7]\n%[\x80-\xff]{4,}\n`)

func (c *checker) fileStructure() {
	c.rule(header.Match(latin(c.data[:min(64, len(c.data))])), "6.1.2", "the header, or the bytes behind it that say it is no text")
	c.rule(bytes.HasSuffix(c.data, []byte("%%EOF\n")), "6.1.3", "something follows the end")
	c.rule(len(c.table.ID) == 2, "6.1.3", "no ID")
	c.rule(c.table.Encrypt == nil, "6.1.3", "it is encrypted")
}

// latin makes each byte the character of its number, since an expression matches characters.
func latin(data []byte) []byte {
	runes := make([]rune, len(data))
	for i, b := range data {
		runes[i] = rune(b)
	}
	return []byte(string(runes))
}

func (c *checker) catalog() {
	root, err := c.table.Catalog()
	if err != nil {
		c.errs = append(c.errs, err)
		return
	}
	for _, key := range []string{"AA", "OpenAction", "OCProperties", "Requirements", "NeedsRendering"} {
		c.rule(root[key] == nil, "6.6", "the catalog has %s", key)
	}
	c.rule(c.dict(root["Names"])["JavaScript"] == nil, "6.6.1", "there is JavaScript")
	c.metadata(root)
	c.colours(root)
	c.files(root)
	marked := c.dict(root["MarkInfo"]).BooleanEntry("Marked")
	c.rule(marked != nil && *marked && root["StructTreeRoot"] != nil, "6.7", "it is not tagged")
	c.rule(c.text(root["Lang"]) != "", "6.7", "it has no language")
	show := c.dict(root["ViewerPreferences"]).BooleanEntry("DisplayDocTitle")
	c.rule(show != nil && *show, "ISO 14289-1, 7.1", "its title is not shown")
}

// element is what stands in an element of XMP, without what it stands in.
func element(xmp []byte, tag string) string {
	found := regexp.MustCompile(`(?s)<` + tag + `>(.*?)</` + tag + `>`).FindSubmatch(xmp)
	if found == nil {
		return ""
	}
	text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(found[1]), "")
	return strings.TrimSpace(strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&#xA;", "\n", "&#x9;", "\t").Replace(text))
}

// metadata compares the two places in which a file says what it is.
func (c *checker) metadata(root types.Dict) {
	xmp := c.content(root["Metadata"])
	c.rule(c.dict(root["Metadata"])["Filter"] == nil, "6.6.2.1", "the metadata are compressed")
	c.rule(element(xmp, "pdfaid:part") == "3" && element(xmp, "pdfaid:conformance") == "B", "6.6.4", "it does not say that it is PDF/A-3b")
	if c.table.Info == nil {
		return
	}
	info := c.dict(*c.table.Info)
	for key, tag := range map[string]string{
		"Title": "dc:title", "Author": "dc:creator", "Subject": "dc:description", "Keywords": "pdf:Keywords", "Creator": "xmp:CreatorTool", "Producer": "pdf:Producer",
	} {
		c.rule(c.text(info[key]) == element(xmp, tag), "6.6.3", "%s is %q, but %s is %q", key, c.text(info[key]), tag, element(xmp, tag))
	}
	digits := func(s string) string { return regexp.MustCompile(`\D`).ReplaceAllString(s, "") }
	for key, tag := range map[string]string{"CreationDate": "xmp:CreateDate", "ModDate": "xmp:ModifyDate"} {
		c.rule(digits(c.text(info[key])) == digits(element(xmp, tag)), "6.6.3", "%s and %s differ", key, tag)
	}
}

func (c *checker) colours(root types.Dict) {
	intents := c.array(root["OutputIntents"])
	c.rule(len(intents) == 1, "6.2.3", "%d output intents", len(intents))
	for _, one := range intents {
		intent := c.dict(one)
		profile := c.content(intent["DestOutputProfile"])
		c.rule(c.name(intent["S"]) == "GTS_PDFA1", "6.2.3", "the output intent is not one of PDF/A")
		c.rule(len(profile) > 128 && string(profile[36:40]) == "acsp" && string(profile[16:20]) == "RGB ", "6.2.3", "no colour profile for RGB")
	}
}

// files holds what is embedded to section 6.8.
func (c *checker) files(root types.Dict) {
	names := c.array(c.dict(c.dict(root["Names"])["EmbeddedFiles"])["Names"])
	associated := map[string]bool{}
	for _, o := range c.array(root["AF"]) {
		associated[fmt.Sprint(o)] = true
	}
	var keys []string
	for i := 0; i+1 < len(names); i += 2 {
		specification := c.dict(names[i+1])
		called := c.text(names[i])
		keys = append(keys, rawText(names[i]))
		embedded := c.dict(c.dict(specification["EF"])["F"])
		c.rule(specification["F"] != nil && specification["UF"] != nil, "6.8", "%s has not both names", called)
		c.rule(slices.Contains([]string{"Source", "Data", "Alternative", "Supplement", "Unspecified"}, c.name(specification["AFRelationship"])), "6.8", "%s does not say what it has to do with the document", called)
		c.rule(strings.Contains(c.name(embedded["Subtype"]), "/") || strings.Contains(c.name(embedded["Subtype"]), "#2f"), "6.8", "%s has no media type", called)
		c.rule(c.dict(embedded["Params"])["ModDate"] != nil && c.dict(embedded["Params"])["Size"] != nil, "6.8", "%s has no date or size", called)
		c.rule(associated[fmt.Sprint(names[i+1])], "6.8", "%s is not associated with the document", called)
	}
	c.rule(slices.IsSorted(keys), "ISO 32000-1, 7.9.6", "the names of embedded files are not sorted")
	c.rule(len(associated) == len(names)/2, "6.8", "%d files are associated, %d embedded", len(associated), len(names)/2)
}

// rawText orders strings by their bytes.
func rawText(o types.Object) string {
	switch o := o.(type) {
	case types.HexLiteral:
		if raw, err := o.Bytes(); err == nil {
			return string(raw)
		}
	case types.StringLiteral:
		return string(o)
	}
	return ""
}

// objects looks at every object for what is not allowed anywhere.
func (c *checker) objects() {
	for _, number := range slices.Sorted(maps.Keys(c.table.Table)) {
		entry := c.table.Table[number]
		if entry == nil || entry.Free || entry.Object == nil {
			continue
		}
		s, ok := entry.Object.(types.StreamDict)
		if !ok {
			continue
		}
		for _, key := range []string{"F", "FFilter", "FDecodeParms"} {
			c.rule(s.Dict[key] == nil || c.name(s.Dict["Type"]) == "Annot", "6.1.7.1", "object %d has its data elsewhere", number)
		}
		for _, filter := range append(c.array(s.Dict["Filter"]), s.Dict["Filter"]) {
			c.rule(c.name(filter) != "LZWDecode" && c.name(filter) != "Crypt", "6.1.7.2", "object %d has a filter that is not allowed", number)
		}
		switch c.name(s.Dict["Subtype"]) {
		case "Image":
			c.image(number, s.Dict)
		case "PS":
			c.rule(false, "6.2.9", "object %d is PostScript", number)
		}
	}
}

func (c *checker) image(number int, image types.Dict) {
	c.rule(image["Alternates"] == nil && image["OPI"] == nil, "6.2.8", "picture %d has alternates", number)
	interpolate := image.BooleanEntry("Interpolate")
	c.rule(interpolate == nil || !*interpolate, "6.2.8", "picture %d is to be smoothed", number)
	space := c.name(image["ColorSpace"])
	if indexed := c.array(image["ColorSpace"]); len(indexed) > 1 {
		space = c.name(indexed[1])
	}
	c.rule(space != "DeviceCMYK", "6.2.4.3", "picture %d is in CMYK", number)
	bits := image.IntEntry("BitsPerComponent")
	c.rule(bits == nil || *bits <= 8 || *bits == 16, "6.2.8", "picture %d has %v bits", number, bits)
}
