// Package seal finishes a dossier's PDF, seals it, and says afterwards whether it still holds.
//
// It knows nothing of cases: it receives the pages that were drawn, their structure, and the files to embed.
package seal

// Structure is what a document says, as a tree: the children of its Document element, in reading order (ISO 32000-1,
// section 14.7).
type Structure []*Element

// Element is a node of the structure tree. What it contains is read in this order: its own marked content, the links
// on it, its children. Where text goes on after a child, that text is a child as well: a [Span].
type Element struct {
	Type Type
	// Title is for people who look at the tree; it is not read out.
	Title string
	// Alternative says in words what a figure shows. Every [Figure] has one.
	Alternative string
	// Language is a BCP 47 tag where the text is in another language than the document; else empty.
	Language string
	// Scope says of a [TableHeader] what it is the head of.
	Scope Scope
	// Columns is how many columns a cell of a table takes; 0 is one.
	Columns int
	// Marks are the marked content that is the element's own.
	Marks []Mark
	// Links are the link annotations on it. Only a [Link] has any, beside the marks of its text.
	Links    []LinkOnPage
	Children []*Element
}

// Mark is a piece of marked content: a number (MCID) on a page, which counts from 1.
type Mark struct{ Page, Number int }

// LinkOnPage is a link annotation: the how-many-th of a page, from 0. Pages count from 1.
type LinkOnPage struct{ Page, Index int }

// Type is a standard structure type (ISO 32000-1, section 14.8.4).
type Type string

// The types that a dossier uses, from the outermost inwards. A Table holds TableRows of cells, a List ListItems of a
// Label and a Body, Contents hold ContentsItems.
const (
	Section      Type = "Sect"
	Heading1     Type = "H1"
	Heading2     Type = "H2"
	Heading3     Type = "H3"
	Paragraph    Type = "P"
	BlockQuote   Type = "BlockQuote"
	Table        Type = "Table"
	TableRow     Type = "TR"
	TableHeader  Type = "TH"
	TableCell    Type = "TD"
	List         Type = "L"
	ListItem     Type = "LI"
	Label        Type = "Lbl"
	Body         Type = "LBody"
	Contents     Type = "TOC"
	ContentsItem Type = "TOCI"
	Figure       Type = "Figure"
	Caption      Type = "Caption"
	Link         Type = "Link"
	Span         Type = "Span"
	Division     Type = "Div"
)

// Scope is what a header cell is the head of (ISO 32000-1, table 349).
type Scope string

// The scopes.
const (
	OfColumn Scope = "Column"
	OfRow    Scope = "Row"
)
